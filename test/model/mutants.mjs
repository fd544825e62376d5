/**
 * Shows that the model can fail: breaks the source in one place at a time (in the bundle, not on
 * disk), and runs programs until one notices.
 *
 *     node test/model/mutants.mjs [text]    those whose name contains it
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { rootDir } from "../runners/project.mjs";
import { bundleModel } from "./build.mjs";
import { mutants } from "./mutations.mjs";
import { playPrograms, seedOf } from "./processes.mjs";

// The rarest needs 15,238: that a token dies while it is being stored, and somebody asks meanwhile.
const runs = Number(process.env.MODEL_RUNS ?? 20_000);
const seed = seedOf(process.env.MODEL_SEED ?? "1");
const folder = join(rootDir, ".cache/test", `mutants-${process.pid}`);

/** What a model says of the source with that change: nothing, or why it fails. */
async function verdict(/** @type {import("./build.mjs").Mutant[]} */ changes) {
  const bundle = join(folder, "model.mjs");
  await bundleModel(bundle, { mutants: changes });
  const [result] = await playPrograms(bundle, { runs, seed, shrink: false }, () => undefined);
  if (!result || result.ok) return undefined;
  const reason = /^Error: (.*)$/m.exec(result.error ?? "")?.[1] ?? result.error;
  return `${result.name}: ${reason?.slice(0, 200)}`;
}

let alive = 0;
try {
  const broken = await verdict([]);
  // Otherwise nobody knows what killed them.
  if (broken) throw new Error(`the source as it is fails already, after ${broken}`);
  for (const [name, [file, from, to]] of Object.entries(mutants)) {
    if (!name.includes(process.argv[2] ?? "")) continue;
    const why = await verdict([{ file, from, to }]).catch((error) => {
      alive++;
      return `by nobody, it can't be built: ${error}`;
    });
    console.log(why ? `killed  ${name}: after ${why}` : `ALIVE   ${name}`);
    if (!why) alive++;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(alive > 0 ? 1 : 0);
