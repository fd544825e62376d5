/** Firefox, Debian's or the one that FIREFOX names, by the WebDriver BiDi that is built into it. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { runPage } from "./page.mjs";

const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

// A tab that a case opens hides the suite's page, whose timers would then run once a second.
const prefs = {
  "dom.min_background_timeout_value": 4,
  "dom.min_background_timeout_value_without_budget_throttling": 4,
  "dom.timeout.enable_budget_timer_throttling": false,
};

/** @type {import("./engines.mjs").Engine} */
export default {
  name: "firefox",
  runtime: "firefox",
  missing: () =>
    existsSync(executablePath) ? undefined : { what: executablePath, packages: ["firefox-esr"] },
  version: () =>
    /[\d.]+/.exec(spawnSync(executablePath, ["--version"], { encoding: "utf8" }).stdout)?.[0] ??
    "?",
  run: (env, options) => runPage("firefox", env, options),
};

/** Asked for by the process that drives the browser (wtr.mjs). */
export async function launcher() {
  const { chromeLauncher } = await import("@web/test-runner-chrome");
  const puppeteer = await import("puppeteer-core");
  const launchOptions = {
    browser: /** @type {const} */ ("firefox"),
    // Events of each request would take the browser longer than the request.
    networkEnabled: false,
    executablePath,
    extraPrefsFirefox: prefs,
  };
  return chromeLauncher({ puppeteer, launchOptions });
}
