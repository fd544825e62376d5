/** Consumers of OAuth 1, and what users let them do. */
import { assert } from "chai";
import { NotFoundError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { oauth1AccessTokens, oauth1Consumers } from "../fixtures/identity.ts";
import { lend } from "../fixtures/oauth1.ts";
import { ids, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, names } from "../fixtures/sessions.ts";

const cases: readonly Case[] = [
  {
    name: "a consumer is created, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const description = unique("report");
        const { secret, ...made } = await oauth1Consumers.create(admin, { description });
        const { id } = made;
        undo(() => oauth1Consumers.delete(admin, id));
        assert.isNotEmpty(secret);
        assert.equal(made.description, description);
        const again = await oauth1Consumers.get(admin, id);
        assert.deepEqual(again, made);
        assert.include(ids(await oauth1Consumers.list(admin)), id);
        const changed = await oauth1Consumers.update(admin, id, { description: "Another report" });
        assert.deepEqual(changed, { ...made, description: "Another report" });
        await oauth1Consumers.delete(admin, id);
        await failure(oauth1Consumers.get(admin, id), NotFoundError);
      }),
  },
  {
    name: "what a user lets no consumer do does not exist",
    async run(env) {
      const admin = adminOf(env);
      const user = (await admin.token()).user.id;
      const none = unique("none");
      assert.notInclude(ids(await oauth1AccessTokens.list(admin, user)), none);
      await failure(oauth1AccessTokens.get(admin, user, none), NotFoundError);
      await failure(oauth1AccessTokens.roles(admin, user, none), NotFoundError);
      await failure(oauth1AccessTokens.delete(admin, user, none), NotFoundError);
      assert.isFalse(
        await oauth1AccessTokens.check(admin, { user, accessToken: none, role: none }),
      );
    },
  },
  {
    name: "what a user lets a consumer do is read, listed and taken back",
    // In a page Keystone's CORS refuses the headers that a consumer has to send.
    only: ["node", "deno", "workerd", "bun", "edge"],
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { user, scope, roles } = await admin.token();
        const role = String(roles.find(({ name }) => name === "admin")?.id);
        const project = scope.project?.id;
        const consumer = await oauth1Consumers.create(admin, { description: unique("report") });
        undo(() => oauth1Consumers.delete(admin, consumer.id));
        const lent = { project: String(project), role };
        const id = await lend(env.keystone, admin, consumer, lent);
        const made = await oauth1AccessTokens.get(admin, user.id, id);
        assert.deepInclude(made, { id, consumer_id: consumer.id, project_id: lent.project });
        assert.include(ids(await oauth1AccessTokens.list(admin, user.id)), id);
        assert.deepEqual(names(await oauth1AccessTokens.roles(admin, user.id, id)), ["admin"]);
        assert.isTrue(
          await oauth1AccessTokens.check(admin, { user: user.id, accessToken: id, role }),
        );
        await oauth1AccessTokens.delete(admin, user.id, id);
        await failure(oauth1AccessTokens.get(admin, user.id, id), NotFoundError);
      }),
  },
];

export default cases;
