/** Trusts: what one user delegates to another. */
import { assert } from "chai";
import { ForbiddenError, NotFoundError, OptionsError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { trusts } from "../fixtures/identity.ts";
import { ids, undoing } from "../fixtures/scratch.ts";
import { adminOf, demoOn, names, sessionOf } from "../fixtures/sessions.ts";

const cases: readonly Case[] = [
  {
    name: "a trust is created, logged in with, read, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const demo = demoOn(env);
        const dora = sessionOf(env, "dora");
        const [mine, hers] = [await demo.token(), await dora.token()];
        const { scope } = mine;
        if (scope === "unscoped" || !("project" in scope)) return assert.fail("not on a project");
        const wanted = {
          trustor_user_id: mine.user.id,
          trustee_user_id: hers.user.id,
          impersonation: false,
          project_id: scope.project?.id,
        };
        const made = await trusts.create(demo, {
          ...wanted,
          roles: [{ name: "member" }],
          expires_at: new Date(Date.now() + 3_600_000),
          remaining_uses: 3,
        });
        const { id } = made;
        undo(() => trusts.delete(demo, id));
        assert.deepInclude(made, { ...wanted, remaining_uses: 3 });
        assert.deepEqual(names(made.roles ?? []), ["member"]);
        const trusted = sessionOf(env, "dora", { scope: { trust: { id } } });
        assert.equal((await trusted.token()).user.id, wanted.trustee_user_id);

        assert.deepInclude(await trusts.get(demo, id), { id, ...wanted, remaining_uses: 2 });
        const { trustor_user_id, trustee_user_id } = wanted;
        assert.include(ids(await trusts.list(demo, { trustor_user_id })), id);
        assert.include(ids(await trusts.list(dora, { trustee_user_id })), id);
        assert.include(ids(await trusts.list(adminOf(env))), id);
        // With an unknown filter, the server would find none.
        const limited = () => trusts.list(adminOf(env), { limit: 1 } as object);
        await failure(limited, OptionsError);
        await failure(trusts.list(demo), ForbiddenError);

        const [role] = await trusts.roles(dora, id);
        assert.equal(role?.name, "member");
        assert.isTrue(await trusts.check(dora, { trust: id, role: String(role?.id) }));
        const reader = mine.roles.find(({ name }) => name === "reader");
        assert.isFalse(await trusts.check(demo, { trust: id, role: String(reader?.id) }));

        await trusts.delete(demo, id);
        await failure(trusts.get(demo, id), NotFoundError);
      }),
  },
  {
    name: "nobody makes a trust in another one's name",
    async run(env) {
      const [demo, dora] = [demoOn(env), sessionOf(env, "dora")];
      const trustor_user_id = (await dora.token()).user.id;
      const trustee_user_id = (await demo.token()).user.id;
      const trust = { trustor_user_id, trustee_user_id, impersonation: true };
      const { message } = await failure(trusts.create(demo, trust), ForbiddenError);
      assert.include(message, "create_trust");
    },
  },
];

export default cases;
