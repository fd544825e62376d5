/** What a token may do, as the server sees it, and which tokens have ended. */
import { assert } from "chai";
import { ForbiddenError, regions, UnauthorizedError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { auth, revocationEvents } from "../fixtures/identity.ts";
import { adminOf, demoOn, names, sessionOf } from "../fixtures/sessions.ts";

const cases: readonly Case[] = [
  {
    name: "projects and domains are those that the user has a role on",
    async run(env) {
      const unscoped = sessionOf(env, "demo", { scope: "unscoped" });
      assert.deepEqual(names(await auth.projects(unscoped)), ["data", "web"]);
      assert.deepEqual(names(await auth.domains(unscoped)), ["research"]);
      const loner = sessionOf(env, "loner");
      assert.isEmpty(await auth.projects(loner));
      assert.isEmpty(await auth.domains(loner));
    },
  },
  {
    name: "disabled projects are listed, too, which the session leaves out",
    async run(env) {
      const session = sessionOf(env, "researchDemo", { scope: "unscoped" });
      const all = await auth.projects(session);
      assert.deepEqual(names(all), ["archive", "genome"]);
      assert.deepEqual(names(await session.projects()), ["genome"]);
      assert.isFalse(all.find(({ name }) => name === "archive")?.enabled);
    },
  },
  {
    name: "the system is listed for those who may scope to it",
    async run(env) {
      assert.deepEqual([...(await auth.system(adminOf(env)))], [{ all: true }]);
      assert.isEmpty(await auth.system(demoOn(env)));
    },
  },
  {
    name: "the catalog is the token's, and only with a project",
    async run(env) {
      const demo = demoOn(env);
      const { catalog } = await demo.token();
      const now = await auth.catalog(demo);
      assert.sameMembers(
        now.map(({ type }) => type),
        catalog.map(({ type }) => type),
      );
      const seen = now.flatMap(({ endpoints }) => endpoints.map((one) => one.region_id));
      assert.sameMembers([...new Set(seen)], [...regions(catalog)]);
      const unscoped = sessionOf(env, "demo", { scope: "unscoped" });
      await failure(auth.catalog(unscoped), ForbiddenError);
    },
  },
  {
    name: "a token that was revoked is among the revocation events",
    async run(env) {
      const admin = adminOf(env);
      const session = sessionOf(env, "dora");
      const { auditIds } = await session.token();
      const since = new Date(Date.now() - 60_000);
      await session.revoke();
      const events = await revocationEvents.list(admin, { since });
      const event = events.find(({ audit_id }) => audit_id === auditIds[0]);
      assert.match(String(event?.issued_before), /^\d{4}-\d\d-\d\dT/);
      const later = new Date(Date.now() + 3_600_000);
      assert.isEmpty(await revocationEvents.list(admin, { since: later }));
      await failure(revocationEvents.list(demoOn(env)), ForbiddenError);
      const nobody = sessionOf(env, "demo", { auth: [] });
      await failure(auth.projects(nobody), UnauthorizedError);
    },
  },
];

export default cases;
