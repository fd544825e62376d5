/**
 * The suite as a program, for runtimes with a command line (Node, Deno, Bun). The job is its first
 * argument; the records that it prints are described in records.mjs.
 */
import groups from "virtual:suite";
import { catchUnhandled, choose, type Job, runCase } from "../collect.ts";
import { inLanes } from "../lanes.mjs";
import { guardGlobals } from "./globals.ts";
import { begin, report, testify, watch } from "./witness.ts";

declare const Deno: { args: string[] } | undefined;
declare const process: { argv: string[] };

const args = typeof Deno === "undefined" ? process.argv.slice(2) : Deno.args;
const { env, grep, timeout }: Job = JSON.parse(args[0] ?? "");
const { log } = console; // which is replaced from now on
const record = (value: object): void => log(`\u001e${JSON.stringify(value)}`);

catchUnhandled();
await watch(env);
guardGlobals();
const chosen = choose(groups, env.runtime, grep);
record({ planned: chosen.length });
await inLanes(
  chosen,
  (planned) => planned.case.lane,
  async (planned) => {
    record({ started: `${planned.group}: ${planned.case.name}` });
    begin(planned);
    const result = await runCase(planned, env, timeout);
    record({ result });
    await testify(env, planned);
    return result;
  },
);
await report(env);
record({ done: true });
