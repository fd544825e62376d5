/**
 * What the whole run does beside the engines that are no browsers, with what these leave of the
 * machine: in a process of its own, since it would block the servers that cases talk to.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { start } from "./children.mjs";
import { rootDir } from "./project.mjs";
import { failure } from "./records.mjs";

/** @typedef {import("./report.mjs").Row} Row */

const folder = join(rootDir, ".cache/test");

/**
 * Never rejects.
 * @param {import("./options.mjs").Part} part
 * @param {object} options
 * @param {(line: string) => void} options.say
 * @param {number} [options.niceness] how far it steps back: cases have deadlines, but gates may not
 * @returns {Promise<Row[]>}
 */
export async function runBeside(part, { say, niceness = 0 }) {
  const file = join(folder, `${part}-${process.pid}.json`);
  const child = start(process.execPath, ["test/run.mjs", "--part", part, "--rows", file], {
    cwd: rootDir,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.pid !== undefined) setPriority(child.pid, niceness);
  const stdout = /** @type {import("node:stream").Readable} */ (child.stdout);
  createInterface({ input: stdout }).on("line", say);
  const end = await new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("close", (code, signal) => resolve(`ended with ${signal ?? `code ${code}`}`));
  });
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return [{ name: part, version: "", results: [failure(part, end)], seconds: 0 }];
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file @param {readonly Row[]} rows */
export function handOver(file, rows) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(rows));
}
