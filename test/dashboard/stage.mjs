/** What each check gets: the servers, a browser, and a way to look. */
import { existsSync } from "node:fs";
import { chromium } from "playwright";
import { buildDashboard } from "../../examples/dashboard/build.mjs";
import { serveDashboard } from "../../examples/dashboard/serve.mjs";
import { ensurePackages } from "../keystone/install.mjs";
import { createLook } from "./look.mjs";

/**
 * @typedef {import("playwright").Page} Page
 * @typedef {import("playwright").BrowserContext} BrowserContext
 * @typedef {import("../runners/gates.mjs").Context} World
 *
 * @typedef {object} Check
 * @property {string} name
 * @property {boolean} [ours] whether it needs a Keystone of ours, whose settings are known
 * @property {(stage: Stage) => Promise<void>} run
 *
 * @typedef {object} Stage
 * @property {World["env"]} env
 * @property {string} url the dashboard, at an origin that Keystone lets in
 * @property {string} strangeUrl the same at one that it does not
 * @property {(options?: import("playwright").BrowserContextOptions) => Promise<BrowserContext>} browser
 *   a browser of its own, without anything stored
 * @property {(page: Page, state: string) => Promise<void>} look throws for what axe finds
 */

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/**
 * @param {World} world
 * @param {object} options
 * @param {string | undefined} [options.pictures] the folder for them
 * @param {readonly import("../../examples/dashboard/configuration.ts").Provider[]} [options.providers]
 */
export async function setStage({ say, env, pagePort }, { pictures, providers }) {
  if (!existsSync(executablePath)) await ensurePackages(["chromium"], say);
  const files = await buildDashboard();
  const keystoneUrl = `${env.keystone}/v3`;
  const [own, strange, browser] = await Promise.all([
    serveDashboard({ keystoneUrl, providers, port: pagePort, files }),
    serveDashboard({ keystoneUrl, port: 0, files }),
    chromium.launch({ executablePath, args: ["--disable-gpu", "--disable-background-networking"] }),
  ]);
  const eyes = createLook(pictures);
  return {
    looks: eyes.looks,
    /**
     * @param {Check} check
     */
    async play({ name, run }) {
      /** @type {BrowserContext[]} */
      const opened = [];
      /** @type {Error[]} */
      const errors = [];
      /** @type {Stage} */
      const stage = {
        env,
        url: own.url,
        strangeUrl: strange.url,
        look: eyes.look,
        async browser(options) {
          const context = await browser.newContext({
            viewport: { width: 1280, height: 800 },
            reducedMotion: "reduce",
            ...options,
          });
          context.setDefaultTimeout(20_000);
          context.on("weberror", (error) => errors.push(error.error()));
          opened.push(context);
          return context;
        },
      };
      try {
        await run(stage);
        if (errors[0]) throw errors[0];
      } catch (error) {
        const pages = opened.flatMap((context) => context.pages());
        await Promise.all(pages.map((page, index) => eyes.keep(page, `${name}, ${index + 1}`)));
        throw error;
      } finally {
        await Promise.all(opened.map((context) => context.close()));
      }
    },
    async stop() {
      await browser.close();
      await Promise.all([own.stop(), strange.stop()]);
    },
  };
}
