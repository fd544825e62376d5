/** Scopes that a user may not have: refused, and the parent keeps working. */
import { assert } from "chai";
import { type Scope, UnauthorizedError } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { demoOn, names, project, withoutAuth } from "../fixtures/sessions.ts";

/** What a user may not scope to. */
const refused: Record<string, Scope> = {
  "a project without a role": project("admin"),
  "a project that is not": project("nothing"),
  "a domain without a role": { domain: { name: "Default" } },
  "the system": { system: "all" },
};

const cases: readonly Case[] = [
  ...Object.entries(refused).flatMap(([what, scope]) =>
    [true, false].map((kept) => ({
      name: `${what} is refused, ${kept ? "with" : "without"} credentials at hand; the parent works on`,
      async run(env: Env) {
        const session = kept ? demoOn(env) : await withoutAuth(env, project("web"));
        const token = await session.token();
        const { state } = session;
        const child = session.rescope(scope);
        for (const ask of [
          () => child.token(),
          () => child.authenticate(),
          () => child.projects(),
        ]) {
          const error = await failure(ask, UnauthorizedError);
          assert.match(error.message, /scope .* is not available/i);
          assert.include(error.message, JSON.stringify(scope));
        }
        assert.deepEqual(child.state, { status: "unauthenticated" });
        assert.strictEqual(session.state, state);
        assert.strictEqual(await session.token(), token);
        assert.deepEqual(names(await session.projects()), ["data", "web"]);
      },
    })),
  ),
];

export default cases;
