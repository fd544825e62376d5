/** The three browsers as a person uses them: one window, its content, and its address. */
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { openWebKit } from "./webkit.mjs";

/**
 * @typedef {object} Window
 * @property {(url: string) => Promise<unknown>} goTo
 * @property {(script: string) => Promise<any>} run an expression in the page; promises are awaited
 *
 * @typedef {object} Browser
 * @property {string} name
 * @property {() => Promise<{ window: Window, close: () => Promise<unknown> }>} open
 */

/** @type {readonly Browser[]} */
export const browsers = [
  {
    name: "chromium",
    open: () =>
      openPuppeteer({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
      }),
  },
  {
    name: "firefox",
    open: () =>
      openPuppeteer({
        browser: "firefox",
        executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
      }),
  },
  { name: "webkit", open: openWebKit },
];

/** @param {import("puppeteer-core").LaunchOptions} options */
async function openPuppeteer(options) {
  const browser = await puppeteer.launch(options);
  const page = await browser.newPage();
  // Longer than a busy machine takes, but it still ends a browser that hangs.
  page.setDefaultNavigationTimeout(120_000);
  return {
    window: {
      goTo: (/** @type {string} */ url) => page.goto(url),
      run: (/** @type {string} */ script) => page.evaluate(script),
    },
    close: () => browser.close(),
  };
}

/**
 * Waits until an expression in the page is truthy, across pages that come and go meanwhile.
 *
 * @param {Window} window @param {string} script
 * @returns {Promise<any>} its value
 */
export async function until(window, script, seconds = 60) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await window.run(script).catch(() => undefined);
    if (value) return value;
    if (Date.now() > deadline) {
      const where = await window
        .run("location.href.split('?')[0] + ' ' + document.body.innerText.slice(0, 300)")
        .catch(String);
      throw new Error(`Never true: ${script}, at ${where}`);
    }
    await sleep(50);
  }
}

/**
 * Signs somebody in on the provider's page.
 *
 * @param {Window} window @param {string} name @param {string} password
 */
export async function signIn(window, name, password) {
  await until(window, "document.querySelector('input[name=password]') && true");
  await window.run(`{
    document.querySelector("input[name=username]").value = ${JSON.stringify(name)};
    document.querySelector("input[name=password]").value = ${JSON.stringify(password)};
    document.querySelector("button").click();
  }`);
}
