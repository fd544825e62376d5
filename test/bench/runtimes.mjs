/** Measures subjects in each runtime. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { chromium } from "playwright";
import chromiumEngine from "../runners/chromium.mjs";
import deno from "../runners/deno.mjs";
import { rootDir } from "../runners/project.mjs";
import workerd from "../runners/workerd.mjs";
import { inRounds } from "./measure.mjs";
import { startServer } from "./server.mjs";

/**
 * @typedef {import("./measure.mjs").Job} Job
 * @typedef {import("./measure.mjs").Samples} Samples
 */

const here = join(rootDir, "test/bench");
const inProcess = join(here, "in-process.mjs");
const denoProgram = join(rootDir, "node_modules/deno/deno");
const denoFlags = ["--no-prompt", "--no-lock", "--no-check", "--node-modules-dir=manual"];

export const versions = [deno, chromiumEngine, workerd]
  .map((engine) => `${engine.name} ${engine.version()}`)
  .join(", ");

/** @type {Record<string, (job: Job) => Promise<Samples>>} */
const runtimes = {
  node: (job) => output(process.execPath, [inProcess, JSON.stringify(job)]),
  /** By the processor's time. */
  processor: (job) => output(process.execPath, [inProcess, JSON.stringify(job), "processor"]),
  deno: (job) => {
    const flags = [...denoFlags, `--allow-net=${new URL(job.server).host}`];
    return output(denoProgram, ["run", ...flags, inProcess, JSON.stringify(job)]);
  },
  chromium: async (job) => {
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    const browser = await chromium.launch({ executablePath });
    try {
      const page = await browser.newPage();
      await page.goto(job.server);
      return /** @type {Samples} */ (await page.evaluate(`measure(${JSON.stringify(job)})`));
    } finally {
      await browser.close();
    }
  },
  workerd: async ({ server, groups, pace }) => {
    const worker = new Miniflare({
      script: await bundle("in-worker.mjs", ["workerd", "worker", "browser"]),
      modules: true,
      compatibilityDate: "2026-07-01",
      bindings: { SERVER: server },
    });
    /** @param {string} name @param {number} times */
    const time = async (name, times) => {
      const began = performance.now();
      const query = new URLSearchParams({ name, times: String(times) });
      const reply = await worker.dispatchFetch(`http://worker/?${query}`);
      if (!reply.ok) throw new Error(`workerd: ${name}: ${await reply.text()}`);
      return performance.now() - began;
    };
    try {
      /** @type {Samples} */
      const samples = {};
      for (const names of groups) Object.assign(samples, await inRounds(time, names, pace));
      return samples;
    } finally {
      await worker.dispose();
    }
  },
};

/** @param {string} runtime @param {Job["groups"]} groups @param {Job["pace"]} pace */
export async function measureIn(runtime, groups, pace) {
  // The page is the server's: a preflight would be the browser's time, not ours.
  const server = await startServer(await bundle("in-page.mjs", ["browser"]));
  return runtimes[runtime]({ server: server.url, groups, pace }).finally(server.close);
}

/** @param {string} entry @param {string[]} conditions */
async function bundle(entry, conditions) {
  const { outputFiles } = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    conditions,
    format: "esm",
    target: "es2022",
    platform: "neutral",
  });
  return outputFiles[0].text;
}

/** What a program prints, as JSON. @param {string} program @param {string[]} args */
export async function output(program, args) {
  const options = { cwd: rootDir, maxBuffer: 2 ** 26 };
  const { stdout } = await promisify(execFile)(program, args, options);
  return JSON.parse(stdout);
}
