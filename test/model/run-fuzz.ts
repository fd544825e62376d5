/** Runs the fuzz cases of test/unit, as often as build.mjs says, and tells of them as run.ts does. */
import type { Env } from "../case.ts";
import { type Group, runCase } from "../runners/collect.ts";
import config from "../unit/fuzz-config.ts";
import documents from "../unit/fuzz-documents.ts";
import options from "../unit/fuzz-options.ts";
import replies from "../unit/fuzz-replies.ts";
import texts from "../unit/fuzz-texts.ts";

const record = (value: object) => console.log(`\u001e${JSON.stringify(value)}`);
const groups: readonly Group[] = [
  { name: "fuzz-config", cases: config },
  { name: "fuzz-documents", cases: documents },
  { name: "fuzz-options", cases: options },
  { name: "fuzz-replies", cases: replies },
  { name: "fuzz-texts", cases: texts },
];

for (const { name, cases } of groups) {
  for (const one of cases) {
    record({ started: `${name}: ${one.name}` });
    record({ result: await runCase({ group: name, case: one }, {} as Env, 250_000) });
  }
}
record({ done: true });
