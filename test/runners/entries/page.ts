/**
 * The suite in a page: one mocha `it` for each case. The job is served beside the page, and what
 * happens is told to the server at once (wtr.mjs), so that it is known which case a page was at
 * when it hung or crashed.
 */
import groups from "virtual:suite";
import { catchUnhandled, choose, type Job, runCase } from "../collect.ts";
import { testify, watch } from "./witness.ts";

declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void>) => void;

const { fetch } = globalThis; // a case may replace it
const record = (value: object): Promise<Response> =>
  fetch("/record", { method: "POST", body: JSON.stringify(value) });

const { env, grep, timeout }: Job = await (await fetch("/job.json")).json();
catchUnhandled();
await watch(env);
const chosen = choose(groups, env.runtime, grep);
await record({ planned: chosen.length });
for (const group of new Set(chosen.map((planned) => planned.group))) {
  describe(group, () => {
    for (const planned of chosen.filter((one) => one.group === group)) {
      it(planned.case.name, async () => {
        await record({ started: `${group}: ${planned.case.name}` });
        const result = await runCase(planned, env, timeout);
        await testify(env, planned);
        await record({ result });
        if (!result.ok) throw new Error(result.error);
      });
    }
  });
}
