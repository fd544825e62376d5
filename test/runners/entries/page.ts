/**
 * The suite in a page, where mocha sees it as one test. The job is served beside the page, and every
 * event is reported to the server at once (wtr.mjs), so that it is known which cases were running if a
 * page hangs or crashes.
 */
import groups from "virtual:suite";
import { catchUnhandled, choose, type Job, runCase } from "../collect.ts";
import { inLanes } from "../lanes.mjs";
import { guardGlobals } from "./globals.ts";
import { begin, testify, watch } from "./witness.ts";

declare const it: (name: string, body: () => Promise<void>) => void;

const { fetch } = globalThis; // a case may replace it
const record = (value: object): Promise<Response> =>
  fetch("/record", { method: "POST", body: JSON.stringify(value) });

const { env, grep, timeout }: Job = await (await fetch("/job.json")).json();
catchUnhandled();
await watch(env);
guardGlobals();
const chosen = choose(groups, env.runtime, grep);
await record({ planned: chosen.length });
it("runs the suite", () =>
  inLanes(
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
      await record({ result });
      return result;
    },
  ));
