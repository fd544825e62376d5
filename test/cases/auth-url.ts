/** The ways to write Keystone's address. */
import { assert } from "chai";
import { createSession, discover } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { passwordOf, somebody } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  ...["", "/", "/v3", "/v3/", "/v2.0", "/v2.0/", "//v3"].map((path) => ({
    name: `authUrl may end in "${path}"`,
    async run(env: Env) {
      const authUrl = new URL(`${env.keystone}${path}`);
      for (const given of [authUrl, authUrl.href]) {
        const session = createSession({ authUrl: given, auth: passwordOf(env, "demo") });
        assert.equal((await session.token()).user.name, "demo");
        assert.equal((await session.endpoint("identity")).url, `${env.keystone}/v3`);
      }
    },
  })),
  ...["v3x-", "srv10.v2.", "v2.0-"].map((prefix) => ({
    name: `a path prefix is kept, even one like ${prefix}`,
    async run(env: Env) {
      const tag = prefix + crypto.randomUUID();
      const root = `${env.control}/discovery-internal-href/${tag}`;
      for (const authUrl of [root, `${root}/v3`]) {
        const session = createSession({ authUrl, auth: somebody, retry: 0 });
        assert.equal((await session.token()).user.name, "demo");
      }
      assert.equal((await discover(root))[0]?.url, `${root}/v3`);
    },
  })),
  {
    name: "a path may contain any character",
    async run(env) {
      const { at } = faulty(env, "ok");
      // A fault that never strikes.
      const session = createSession({ authUrl: `${at("503@nowhere")}/v3`, auth: somebody });
      assert.equal((await session.token()).user.name, "demo");
    },
  },
];

export default cases;
