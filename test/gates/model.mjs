/**
 * Runs random programs against the session, and feeds every parser ten times as much as the unit
 * cases do. The seed is the same each time, so that a failure is due to the change at hand; by hand it
 * is a new one, and a failure prints the one with which to repeat it:
 *
 *     MODEL_SEED=7 MODEL_PATH="12:0:1" node test/model/cli.mjs
 */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundleFuzz, bundleModel } from "../model/build.mjs";
import { mutants } from "../model/mutations.mjs";
import { playPrograms, seedOf } from "../model/processes.mjs";
import { rootDir } from "../runners/project.mjs";

const programs = 2_000;
/** How many at once: as many as CI has cores. */
const processes = 2;

/** @type {import("../runners/gates.mjs").Gate} */
export default async function model({ say }) {
  const folder = join(rootDir, ".cache/test", `model-${process.pid}`);
  const seed = seedOf(process.env.MODEL_SEED ?? "1");
  try {
    const [sessions, parsers] = [join(folder, "model.mjs"), join(folder, "fuzz.mjs")];
    await Promise.all([bundleModel(sessions), bundleFuzz(parsers, seed)]);
    const runs = Math.ceil(programs / processes);
    const played = await Promise.all([
      ...Array.from({ length: processes }, (_, index) =>
        playPrograms(sessions, { runs, seed: seed + index }, say),
      ),
      playPrograms(parsers, { runs, seed }, say),
    ]);
    const results = played.flat();
    for (const { name, ms } of results.slice(0, processes)) say(`model: ${name}, ${ms} ms`);
    return [...results, upToDate()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the source still has what each mutant breaks, once: to run them all takes too long for CI. */
function upToDate() {
  const stale = Object.entries(mutants).filter(([, [file, from]]) => {
    const source = readFileSync(join(rootDir, "src", file), "utf8");
    return source.split(from).length !== 2;
  });
  return {
    name: "every mutant breaks a place that there is",
    ok: stale.length === 0,
    error: stale.map(([name]) => name).join(", "),
  };
}
