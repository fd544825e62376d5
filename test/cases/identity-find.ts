/** What a person means by a name or an id. */
import { assert } from "chai";
import {
  ConflictError,
  ForbiddenError,
  NotFoundError,
  OptionsError,
  type Session,
} from "keystone-fetch";
import { users } from "keystone-fetch/identity";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { adminOf, project, sessionAt, sessionOf } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const unique = (name: string) => `${name} ${crypto.randomUUID()}`;

/** Does something with users of these names and domains, who are deleted afterwards. */
async function among(
  env: Env,
  wanted: readonly { readonly name: string; readonly domain_id?: string }[],
  work: (admin: Session, ids: string[]) => Promise<void>,
): Promise<void> {
  const admin = adminOf(env);
  const ids: string[] = [];
  try {
    for (const user of wanted) {
      ids.push((await users.create(admin, { domain_id: "default", ...user })).id);
    }
    await work(admin, ids);
  } finally {
    for (const id of ids) await users.delete(admin, id);
  }
}

/** The id of the other domain of the accounts. */
const otherDomain = async (env: Env) =>
  (await sessionOf(env, "researchDemo").authenticate()).user.domain.id;

const cases: readonly Case[] = [
  {
    name: "a name is found, an id too, and neither is a NotFoundError that says it",
    run: (env) =>
      among(env, [{ name: unique("frida") }], async (admin, [id = ""]) => {
        const { name } = await users.find(admin, id);
        assert.match(name, /^frida /);
        assert.equal((await users.find(admin, name)).id, id);
        assert.equal((await users.find(admin, name, { domain: "default" })).id, id);
        const error = await failure(users.find(admin, `${name}!`), NotFoundError);
        assert.include(error.message, `No user has the id or the name "${name}!"`);
        const byName = await failure(
          users.find(admin, { name: `${name}!`, domain: "default" }),
          NotFoundError,
        );
        assert.include(byName.message, `No user is named "${name}!"`);
        assert.equal(error.code, "NotFound");
      }),
  },
  {
    name: "a name that looks like an id is a name, if nothing has that id",
    async run(env) {
      const name = crypto.randomUUID().replaceAll("-", "");
      await among(env, [{ name }], async (admin, [id]) => {
        assert.equal((await users.find(admin, name)).id, id);
      });
    },
  },
  {
    name: "names may hold what paths and queries are made of",
    async run(env) {
      const odd = ["a/b", "..", "50% off?", "#&=+", "Łucja"].map((name) => ({
        name: name === ".." ? name : unique(name),
      }));
      await among(env, odd, async (admin, ids) => {
        for (const [index, { name }] of odd.entries()) {
          assert.equal((await users.find(admin, name, { domain: "default" })).id, ids[index], name);
        }
      });
    },
  },
  {
    name: "a name that looks like a path is a name",
    run: (env) =>
      among(env, [{ name: unique("owner") }], async (admin, [owner]) => {
        const name = `${owner}/projects`;
        await among(env, [{ name }], async (_, [id]) => {
          assert.equal((await users.find(admin, name)).id, id);
        });
      }),
  },
  {
    name: "a name that two domains have needs one of them",
    async run(env) {
      const name = unique("twin");
      const other = await otherDomain(env);
      await among(env, [{ name }, { name, domain_id: other }], async (admin, ids) => {
        const error = await failure(users.find(admin, name), ConflictError);
        for (const id of ids) assert.include(error.message, id);
        assert.equal((await users.find(admin, name, { domain: "default" })).id, ids[0]);
        assert.equal((await users.find(admin, name, { domain: other })).id, ids[1]);
      });
    },
  },
  {
    name: "if names differ only in case, the one as written is meant",
    async run(env) {
      const name = unique("case");
      const other = await otherDomain(env);
      const upper = name.toUpperCase();
      await among(env, [{ name }, { name: upper, domain_id: other }], async (admin, ids) => {
        assert.equal((await users.find(admin, name)).id, ids[0]);
        assert.equal((await users.find(admin, upper)).id, ids[1]);
      });
    },
  },
  {
    name: "a user who may not look is told so, and not that there is nobody",
    async run(env) {
      const demo = sessionOf(env, "demo", { scope: project("web") });
      const error = await failure(users.find(demo, "dora"), ForbiddenError);
      assert.include(error.message, "identity:list_users");
      const { user } = await demo.token();
      assert.equal((await users.find(demo, user.id)).name, "demo");
    },
  },
  {
    name: "an invalid name or domain is refused before any request",
    async run(env) {
      const server = faulty(env, "pages");
      const error = await failure(users.find(sessionAt(server), ""), OptionsError);
      assert.include(error.message, "nameOrId");
      // As from an unset variable: that must not mean every domain.
      const anywhere = users.find(sessionAt(server), "demo", { domain: "" });
      assert.include((await failure(anywhere, OptionsError)).message, "domain");
      // A misspelt domain must not mean every domain either, nor what a record has without its id.
      for (const wrong of [{ domian: "default" }, { domain_id: "default" }]) {
        const misspelt = users.find(sessionAt(server), { name: "demo", ...wrong } as never);
        assert.include((await failure(misspelt, OptionsError)).message, "did you mean domain?");
      }
      assert.isEmpty(await server.log());
    },
  },
  {
    name: "an id that is undefined is none: the name counts",
    run: (env) =>
      among(env, [{ name: unique("frida") }], async (admin, [id]) => {
        const { name } = await users.get(admin, id ?? "");
        const wanted = { id: undefined as never, name, domain: { id: "default" } };
        assert.equal((await users.find(admin, wanted)).id, id);
      }),
  },
];

export default cases;
