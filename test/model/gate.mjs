/**
 * Plays random programs against the session, and feeds every parser a hundred times what the unit
 * cases do. The seed is a new one each time; a failure prints the one to see it again with:
 *
 *     MODEL_SEED=7 MODEL_PATH="12:0:1" node test/model/cli.mjs
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { rootDir } from "../runners/project.mjs";
import { bundleFuzz, bundleModel } from "./build.mjs";
import { playPrograms, seedOf } from "./processes.mjs";

const programs = 10_000;
/** At once: what CI has. */
const processes = 2;

/** @type {import("../runners/gates.mjs").Gate} */
export default async function model({ say }) {
  const folder = join(rootDir, ".cache/test", `model-${process.pid}`);
  const seed = seedOf(process.env.MODEL_SEED);
  try {
    const [sessions, parsers] = [join(folder, "model.mjs"), join(folder, "fuzz.mjs")];
    await Promise.all([bundleModel(sessions), bundleFuzz(parsers, seed)]);
    const runs = Math.ceil(programs / processes);
    const played = await Promise.all(
      Array.from({ length: processes }, (_, index) =>
        playPrograms(sessions, { runs, seed: seed + index }, say),
      ),
    );
    return [...played.flat(), ...(await playPrograms(parsers, { runs, seed }, say))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
