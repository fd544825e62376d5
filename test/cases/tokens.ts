/** What Keystone says about tokens, one's own and others'. */
import { assert } from "chai";
import {
  checkToken,
  ForbiddenError,
  InvalidTokenError,
  revokeToken,
  validateToken,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { adminOf, demoOn, during, project, sessionOf } from "../fixtures/sessions.ts";

const cases: readonly Case[] = [
  {
    name: "one's own token, and for an administrator another's, is shown in full",
    // Other cases add services to the catalog in the meantime.
    lane: "alone",
    async run(env) {
      const session = demoOn(env);
      const token = await session.token();
      for (const asking of [session, adminOf(env)]) {
        const found = await validateToken(asking, token.id);
        assert.deepEqual(found, token);
        assert.equal(found.id, token.id);
        assert.notInclude(Object.keys(found), "id");
        assertHides(found, token.id);
        assert.isTrue(await checkToken(asking, token.id));
      }
      assert.lengthOf((await validateToken(session, token.id)).catalog, 8);
    },
  },
  {
    name: "another token of the same user is one's own",
    async run(env) {
      const [unscoped, scoped] = [demoOn(env, "unscoped"), demoOn(env)];
      const { id } = await scoped.token();
      assert.nestedPropertyVal((await validateToken(unscoped, id)).scope, "project.name", "web");
      await revokeToken(unscoped, id);
      assert.isFalse(await checkToken(unscoped, id));
    },
  },
  {
    name: "without a role for it, another user's token can't be read",
    async run(env) {
      const { id } = await sessionOf(env, "dora").token();
      const session = demoOn(env);
      await failure(validateToken(session, id), ForbiddenError);
      await failure(checkToken(session, id), ForbiddenError);
      await failure(revokeToken(session, id), ForbiddenError);
      assert.isTrue(await checkToken(adminOf(env), id));
    },
  },
  {
    name: "a dead token is reported as one, not as something that was not found",
    async run(env) {
      const [session, admin] = [demoOn(env), adminOf(env)];
      const { id } = await session.token();
      await revokeToken(admin, id);
      const { state } = admin;
      for (const subject of [id, "nonsense", `${id}x`]) {
        const error = await failure(validateToken(admin, subject), InvalidTokenError);
        assertHides(error, ...(subject === "nonsense" ? [] : [id]));
        assert.isFalse(await checkToken(admin, subject));
        assert.isFalse(await checkToken(admin, subject, { allowExpired: true }));
        // That is what was wanted.
        await revokeToken(admin, subject);
      }
      // None of this was about the asking session's own token.
      assert.strictEqual(admin.state, state);
    },
  },
  {
    name: "a session that asks with a dead token renews it, whatever it asks about",
    async run(env) {
      const session = demoOn(env);
      const { id } = await session.token();
      await revokeToken(adminOf(env), id);
      assert.isFalse(await checkToken(session, id));
      assert.isTrue(await checkToken(session, (await session.token()).id));
      const other = sessionOf(env, "demo", { scope: project("data") });
      await revokeToken(other, (await other.token()).id);
      assert.lengthOf(await other.projects(), 2);
    },
  },
  {
    name: "each is one request, without a catalog if none is wanted, and without a HEAD",
    lane: "alone",
    async run(env) {
      const session = demoOn(env);
      const { id } = await session.token();
      const sent = await during(env, async () => {
        await validateToken(session, id);
        await checkToken(session, id);
        await validateToken(session, id, { allowExpired: true });
        await checkToken(session, id, { allowExpired: true });
        await revokeToken(session, id);
      });
      const path = "keystone /v3/auth/tokens";
      assert.lengthOf(sent, 5);
      assert.match(sent[0] ?? "", new RegExp(`^GET ${path}\\??$`));
      assert.match(sent[1] ?? "", new RegExp(`^GET ${path}\\?nocatalog=?$`));
      assert.match(sent[2] ?? "", new RegExp(`^GET ${path}\\?&?allow_expired=1$`));
      assert.match(sent[3] ?? "", new RegExp(`^GET ${path}\\?nocatalog=?&allow_expired=1$`));
      assert.equal(sent[4], `DELETE ${path}`);
    },
  },
];

export default cases;
