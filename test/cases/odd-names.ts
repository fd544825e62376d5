/** Clouds that name things otherwise than their users do. */
import { assert } from "chai";
import { password } from "keystone-fetch";
import { memoryStore } from "keystone-fetch/stores";
import type { Case } from "../case.ts";
import { secret } from "../fixtures/failures.ts";
import { changing, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

type Names = Record<string, unknown>;

const id = "u1";

/** How somebody writes their user, and how the token has it. */
const users: readonly [what: string, written: object, held: Names][] = [
  [
    "in another case",
    { name: "Demo", domain: { id: "Default" } },
    { name: "demo", domain: { id: "default", name: "Default" } },
  ],
  [
    "with a blank behind it",
    { name: "demo ", domain: { id: "default" } },
    { name: "demo", domain: { id: "default", name: "Default" } },
  ],
  [
    "by an address",
    { name: "j.doe@corp", domain: { id: "d1" } },
    { name: "jdoe", domain: { id: "d1", name: "corp" } },
  ],
  [
    "in a domain that is told by its id alone",
    { name: "demo", domain: { name: "Default" } },
    { name: "demo", domain: { id: "default" } },
  ],
  ["and the token has only an id", { name: "demo", domain: { name: "Default" } }, {}],
];

const cases: readonly Case[] = [
  ...users.map(
    ([what, written, held]): Case => ({
      name: `a token that was rejected is renewed: the user is written ${what}`,
      async run(env) {
        const server = faulty(env, "ok");
        const fetch = changing((token) => {
          token.user = { id, ...held };
        });
        const auth = password({ ...written, password: secret } as Parameters<typeof password>[0]);
        const session = sessionAt(server, { auth, fetch });
        await session.token();
        const response = await session.fetch(`${server.at("service-401-once")}/things`);
        assert.equal(response.status, 200);
      },
    }),
  ),
  {
    name: "a stored token is used though its user and project are written otherwise",
    async run(env) {
      const server = faulty(env, "ok");
      const fetch = changing((token) => {
        token.user = { id, name: "demo", domain: { id: "default", name: "Default" } };
        token.project = { id: "p1", name: "web", domain: { id: "default", name: "Default" } };
      });
      const auth = password({ name: "Demo ", domain: { id: "Default" }, password: secret });
      const scope = { project: { name: "web ", domain: { id: "Default" } } };
      const options = { auth, scope, fetch, store: memoryStore() };
      const first = await sessionAt(server, options).token();
      assert.equal((await sessionAt(server, options).token()).id, first.id);
      assert.lengthOf(await server.log(), 1);
    },
  },
  {
    name: "a trust's token has a project, which fills in an address",
    async run(env) {
      const server = faulty(env, "ok");
      const fetch = changing((token) => {
        token.project = { id: "web-prod", name: "web", domain: { id: "default", name: "Default" } };
        token["OS-TRUST:trust"] = { id: "t1" };
      });
      const swift = `${server.at("service-ok")}/AUTH_%(project_id)s`;
      const overrides = { endpointOverrides: { "object-store": swift } };
      const session = sessionAt(server, { scope: { trust: { id: "t1" } }, fetch, ...overrides });
      assert.match((await session.endpoint("object-store")).url, /\/AUTH_web-prod$/);
    },
  },
];

export default cases;
