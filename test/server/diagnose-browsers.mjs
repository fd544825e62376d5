/** The three browsers, which accept any certificate, so that a page can be loaded over https. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright";
import puppeteer from "puppeteer-core";
import { freePort } from "../keystone/ports.mjs";
import { start, stop } from "../runners/children.mjs";

/**
 * @typedef {object} Tab
 * @property {(address: string) => Promise<unknown>} open a page of diagnose-frame.mjs
 * @property {(url: string) => Promise<import("../../src/diagnose/diagnosis.ts").Diagnosis>} diagnose in the page
 * @property {(offline: boolean) => Promise<unknown>} [setOffline] where the browser can be told to be
 * @property {() => Promise<unknown>} close
 */

/** In the page, which serves the package beside itself: see diagnose-frame.mjs. */
const script = 'return (await import("/keystone-fetch.min.js")).diagnose(url);';

/** @type {Record<string, () => Promise<Tab>>} */
export const browsers = {
  async chromium() {
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    const browser = await chromium.launch({ executablePath, args: ["--disable-gpu"] });
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    return {
      open: (address) => page.goto(address),
      diagnose: (url) => page.evaluate(`(async (url) => { ${script} })(${JSON.stringify(url)})`),
      setOffline: (offline) => context.setOffline(offline),
      close: () => browser.close(),
    };
  },

  async firefox() {
    const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
    const options = { executablePath, acceptInsecureCerts: true };
    const browser = await puppeteer.launch({ browser: "firefox", ...options });
    const page = await browser.newPage();
    return {
      open: (address) => page.goto(address),
      diagnose: async (url) =>
        /** @type {any} */ (
          await page.evaluate(`(async (url) => { ${script} })(${JSON.stringify(url)})`)
        ),
      close: () => browser.close(),
    };
  },

  async webkit() {
    const display = spawn("Xvfb", ["-displayfd", "3", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    const [number] = await once(
      /** @type {import("node:stream").Readable} */ (display.stdio[3]),
      "data",
    );
    const port = await freePort();
    const driver = start("WebKitWebDriver", [`--port=${port}`], {
      stdio: "ignore",
      env: { ...process.env, DISPLAY: `:${String(number).trim()}` },
    });
    const close = async () => {
      await stop(driver);
      display.kill();
    };
    try {
      const session = await webdriver(`http://127.0.0.1:${port}`);
      return {
        ...session,
        close: async () => {
          await session.close();
          await close();
        },
      };
    } catch (error) {
      await close();
      throw error;
    }
  },
};

/** The WebDriver protocol, for the one browser that speaks nothing else. @param {string} server */
async function webdriver(server) {
  /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  const command = async (method, path, body) => {
    const response = await fetch(`${server}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = /** @type {any} */ (await response.json());
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  for (let tries = 0; tries < 100; tries++) {
    if (await command("GET", "/status").catch(() => undefined)) break;
    await sleep(100);
  }
  const binary = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
  const { sessionId } = await command("POST", "/session", {
    capabilities: {
      alwaysMatch: {
        browserName: "MiniBrowser",
        acceptInsecureCerts: true,
        "webkitgtk:browserOptions": { binary, args: ["--automation"] },
      },
    },
  });
  const session = `/session/${sessionId}`;
  return {
    /** @param {string} address */
    open: (address) => command("POST", `${session}/url`, { url: address }),
    /** @param {string} url */
    diagnose: (url) => {
      const call = `const [url, done] = arguments; (async () => { ${script} })().then(done, (error) => done(String(error)));`;
      return command("POST", `${session}/execute/async`, { script: call, args: [url] });
    },
    close: () => command("DELETE", session),
  };
}
