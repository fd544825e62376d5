/** The app of examples/guard, in every runtime. */
import { assert } from "chai";
import { createGuard } from "keystone-fetch/guard";
import { createApi } from "../../examples/guard/api.mjs";
import type { Case } from "../case.ts";
import { asService, assertProblem, request, withToken } from "../fixtures/guard.ts";
import { demoOn } from "../fixtures/sessions.ts";

const cases: readonly Case[] = [
  {
    name: "a Hono app behind a guard knows who calls, and answers others as OpenStack does",
    async run(env) {
      const api = createApi(createGuard({ session: asService(env) }));
      assert.equal((await api.fetch(request({}, "/health"))).status, 200);
      await assertProblem(await api.fetch(request({}, "/me")), 401);
      const { id } = await demoOn(env).token();
      const me = await api.fetch(request({ "X-Auth-Token": id }, "/me"));
      const { user, project } = (await me.json()) as { user: string; project: string };
      assert.deepEqual({ user, project }, { user: "demo", project: "web" });
      const notes = request({ "X-Auth-Token": id }, "/notes/1", "DELETE");
      assert.equal((await api.fetch(notes)).status, 403);
      assert.equal((await api.fetch(withToken(id))).status, 404);
    },
  },
];

export default cases;
