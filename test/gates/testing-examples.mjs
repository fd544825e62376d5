/** Every test of examples/testing passes under its own runner. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright";
import { check } from "../examples/check.mjs";
import { rootDir } from "../runners/project.mjs";

const folder = "examples/testing";

/** The program and its words, by runner. @type {Record<string, readonly string[]>} */
const runners = {
  vitest: [
    process.execPath,
    "node_modules/vitest/vitest.mjs",
    "run",
    "examples/testing/vitest.test.ts",
  ],
  "node:test": [process.execPath, "--test", `${folder}/node.test.mjs`],
  "Deno.test": [
    "node_modules/deno/deno",
    "test",
    "--no-prompt",
    "--no-check",
    `${folder}/deno.test.ts`,
  ],
  "bun test": ["node_modules/.bin/bun", "test", `./${folder}/bun.test.ts`],
};

/** @type {import("../runners/gates.mjs").Gate} */
export default async function testingExamples() {
  const results = [];
  for (const [name, [program = "", ...args]] of Object.entries(runners)) {
    results.push(await check(name, () => passes(program, args)));
  }
  results.push(await check("a page behind MSW", page));
  return results;
}

/** @param {string} program @param {readonly string[]} args */
function passes(program, args) {
  const env = {
    ...process.env,
    DENO_DIR: join(rootDir, ".cache/deno"),
    DENO_NO_UPDATE_CHECK: "1",
    NO_COLOR: "1",
  };
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: rootDir,
    encoding: "utf8",
    timeout: 120_000,
    env,
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
  // A runner that finds no test would pass, too.
  assert.match(`${stdout}${stderr}`, /\b1 (pass|passed)\b|pass 1\b/);
}

/** The page's own fetch reaches the test Keystone, and nothing else. */
async function page() {
  const { outputFiles } = await build({
    entryPoints: [join(rootDir, folder, "page.ts")],
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  const [script] = outputFiles;
  assert.ok(script);
  /** @type {Record<string, readonly [string, string]>} */
  const files = {
    "/": ["text/html", '<!doctype html><script type="module" src="page.js"></script>'],
    "/page.js": ["text/javascript", script.text],
    "/mockServiceWorker.js": [
      "text/javascript",
      readFileSync(join(rootDir, "node_modules/msw/lib/mockServiceWorker.js"), "utf8"),
    ],
  };
  const server = createServer(({ url = "" }, response) => {
    const [type, text] = files[url] ?? [];
    if (text === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "Content-Type": `${type}; charset=utf-8` }).end(text);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  assert.ok(address && typeof address === "object");
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--disable-gpu", "--disable-background-networking"],
  });
  try {
    const tab = await browser.newPage();
    /** @type {unknown[]} */
    const errors = [];
    tab.on("pageerror", (error) => errors.push(error));
    await tab.goto(`http://localhost:${address.port}/`);
    await tab
      .waitForFunction('document.title === "web-1"', undefined, { timeout: 20_000 })
      .catch((error) => assert.fail(`${error}; ${errors}`));
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
