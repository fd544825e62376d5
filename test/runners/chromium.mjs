/** Chromium, Debian's or the one that CHROMIUM names, driven by Playwright. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { runPage } from "./page.mjs";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

// Keeps the browser from making traffic and work of its own.
const args = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--disable-gpu",
  "--js-flags=--expose-gc",
];

/** @type {import("./engines.mjs").Engine} */
export default {
  name: "chromium",
  runtime: "chromium",
  missing: () =>
    existsSync(executablePath) ? undefined : { what: executablePath, packages: ["chromium"] },
  version: () =>
    /[\d.]+/.exec(spawnSync(executablePath, ["--version"], { encoding: "utf8" }).stdout)?.[0] ??
    "?",
  run: (env, options) => runPage("chromium", env, options),
};

/** Asked for by the process that drives the browser (wtr.mjs). */
export async function launcher() {
  const { playwrightLauncher } = await import("@web/test-runner-playwright");
  return playwrightLauncher({ product: "chromium", launchOptions: { executablePath, args } });
}
