/**
 * The suite as a Worker. `GET /` lists the cases, `GET /?case=3` runs one and answers with its result,
 * and `GET /?case=end` sends what is left to report.
 * There is a request for each, as in production: what one request began can't be awaited in another.
 */
import groups from "virtual:suite";
import { catchUnhandled, choose, type Job, runCase } from "../collect.ts";
import { guardGlobals } from "./globals.ts";
import { begin, report, testify, watch } from "./witness.ts";

catchUnhandled();

export default {
  async fetch(request: Request, { JOB }: { JOB: string }): Promise<Response> {
    const { env, grep, timeout }: Job = JSON.parse(JOB);
    const chosen = choose(groups, env.runtime, grep);
    const index = new URL(request.url).searchParams.get("case");
    if (index === null) {
      await watch(env);
      guardGlobals();
      return Response.json(
        chosen.map(({ group, case: { name, lane } }) => ({ group, name, lane })),
      );
    }
    if (index === "end") {
      await report(env);
      return Response.json("done");
    }
    const planned = chosen[Number(index)];
    if (!planned) return new Response("no such case", { status: 404 });
    begin(planned);
    const result = await runCase(planned, env, timeout);
    await testify(env, planned);
    return Response.json(result);
  },
};
