/** The suite in Node against another Keystone release than the other engines use. */
import { programsOf } from "../keystone/programs.mjs";
import { unlessInterrupted } from "./interrupt.mjs";
import node from "./node.mjs";
import { failure } from "./records.mjs";
import { report } from "./report.mjs";
import { runEngine } from "./run-engine.mjs";
import { startWorld } from "./world.mjs";

/** @typedef {import("./report.mjs").Row} Row */

/**
 * Never rejects. Failures with packages that nobody has tried yet don't count: such a run is reported
 * as left out.
 * @param {import("../keystone/releases.mjs").Release} release
 * @param {import("./plan.mjs").Plan} planned
 * @param {Omit<import("./run-engine.mjs").Job, "world" | "files">} job
 * @returns {Promise<Row>}
 */
export async function runRelease(release, planned, { options, say }) {
  const name = `node, Keystone ${release.keystone}`;
  /** @type {Row} */
  let row = { name, version: "", results: [], seconds: 0 };
  let excuse = release.pin && "the archive does not have all its packages today";
  try {
    excuse = (await programsOf(release, say)).moved;
    const world = await startWorld(release, planned, say);
    // Cases that compare something with Zed, as those of the Keystone in memory, say nothing about
    // another release.
    const all = planned.files.get("node") ?? [];
    const files = all.filter((file) => !file.includes("testing-parity"));
    row = { ...(await runEngine(node, { world, files, options, say })), name };
    await world.stop();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    row = { ...row, results: [failure(name, text)] };
  }
  await unlessInterrupted();
  report(row, say, options.slowest);
  if (excuse === undefined || row.results.every((result) => result.ok)) return row;
  const leftOut = { ...row, results: [], notRun: excuse };
  report(leftOut, say);
  return leftOut;
}
