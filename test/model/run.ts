/**
 * Runs many programs, and reports them in the form that test/runners/records.mjs reads. Its argument
 * is `{ runs, seed, path?, shrink? }`; for a failure it prints the argument with which to repeat it.
 */
import fc from "fast-check";
import { play } from "./play.ts";
import { program } from "./program.ts";

const { runs, seed, path, shrink = true } = JSON.parse(process.argv[2] ?? "{}");
const record = (value: object) => console.log(`\u001e${JSON.stringify(value)}`);
const counts = new Map<string, number>();
const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1);
let lost: unknown;
process.on("unhandledRejection", (reason) => {
  lost ??= reason;
});

let played = 0;
const property = fc.asyncProperty(program, async (one) => {
  if (played++ % 500 === 0) record({ started: `program ${played}` });
  lost = undefined;
  await play(one, count);
  if (lost) throw new Error(`nobody handled ${lost}`, { cause: lost });
});

const began = performance.now();
record({ planned: 1 });
const outcome = await fc.check(property, {
  numRuns: runs,
  seed,
  endOnFailure: !shrink,
  ...(path && { path }),
});
const ms = Math.round(performance.now() - began);
const name = `${outcome.numRuns} programs, seed ${seed}`;
const error =
  outcome.failed && `${fc.defaultReportMessage(outcome)}\n${String(outcome.errorInstance)}`;
record({ result: { group: "model", name, ok: !outcome.failed, ms, ...(error && { error }) } });
record({ counts: Object.fromEntries([...counts].sort()) });
record({ done: true });
