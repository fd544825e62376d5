/**
 * The suite in a page, where mocha sees it as one test. The job is served beside the page. The start of
 * a case is reported to the server at once (wtr.mjs), so that it is known which cases were running if a
 * page hangs or crashes; results go along with the next start.
 */
import groups from "virtual:suite";
import { catchUnhandled, choose, type Job, runCase } from "../collect.ts";
import { inLanes } from "../lanes.mjs";
import { guardGlobals } from "./globals.ts";
import { begin, report, testify, watch } from "./witness.ts";

declare const it: (name: string, body: () => Promise<void>) => void;

const { fetch } = globalThis; // a case may replace it
const results: object[] = [];
const record = (...more: object[]): Promise<Response> => {
  const lines = [...results.splice(0), ...more].map((value) => JSON.stringify(value));
  return fetch("/record", { method: "POST", body: lines.join("\n") });
};

const { env, grep, timeout }: Job = await (await fetch("/job.json")).json();
catchUnhandled();
await watch(env);
guardGlobals();
const chosen = choose(groups, env.runtime, grep);
await record({ planned: chosen.length });
it("runs the suite", async () => {
  await inLanes(
    chosen,
    (planned) => planned.case.lane,
    async (planned, place) => {
      await record({ started: `${planned.group}: ${planned.case.name}` });
      begin(planned);
      const result = await runCase(
        planned,
        { ...env, control: env.controls?.[place] ?? env.control },
        timeout,
      );
      await testify(env, planned);
      results.push({ result });
      return result;
    },
  );
  await report(env);
  await record();
});
