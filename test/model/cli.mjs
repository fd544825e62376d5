/**
 * Runs programs by hand:
 *
 *     node test/model/cli.mjs                                      a thousand, with a new seed
 *     MODEL_RUNS=20000 node test/model/cli.mjs                     more of them
 *     MODEL_SEED=7 MODEL_PATH="12:0:1" node test/model/cli.mjs     the one that failed, step by step
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { stopAll } from "../runners/children.mjs";
import { rootDir } from "../runners/project.mjs";
import { bundleModel } from "./build.mjs";
import { playPrograms, seedOf } from "./processes.mjs";

const { MODEL_RUNS: runs = "1000", MODEL_SEED: seed, MODEL_PATH: path } = process.env;
const folder = join(rootDir, ".cache/test", `model-${process.pid}`);
process.once("SIGINT", () => stopAll().then(() => process.exit(130)));
try {
  const file = join(folder, "model.mjs");
  await bundleModel(file);
  const job = { runs: Number(runs), seed: seedOf(seed), ...(path && { path }) };
  for (const { name, ok, ms, error } of await playPrograms(file, job, console.log)) {
    console.log(`${ok ? "passed" : "FAILED"} ${name} (${ms} ms)\n${error ?? ""}`);
    if (!ok) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
