/**
 * A value that can't be put into a header or an address is an error of ours, which does not repeat it.
 */
import { assert } from "chai";
import { createSession, OptionsError, password, token } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { sessionAt, somebody } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const odd: Record<string, string> = {
  "a line break": "s3cret-a\ns3cret-b",
  "a carriage return": "s3cret-a\r\nX-Evil: s3cret-b",
  "a zero": "s3cret-a\0s3cret-b",
  "a letter beyond Latin 1": "s3cret-ж-s3cret-b",
  "a space": "s3cret-a s3cret-b",
  "a comma": "s3cret-a,s3cret-b",
};
const parts = ["s3cret-a", "s3cret-b", "s3cret-ж"];

const cases: readonly Case[] = [
  ...Object.entries(odd).map(([what, value]) => ({
    name: `a token with ${what}: an OptionsError, and nothing is sent`,
    async run(env: Env) {
      const server = faulty(env, "ok");
      const authUrl = `${server.url}/v3`;
      assertHides(await failure(() => token(value), OptionsError), ...parts);
      assertHides(
        await failure(() => createSession({ authUrl, token: value }), OptionsError),
        ...parts,
      );
      assert.isEmpty(await server.log());
    },
  })),
  {
    name: "a receipt with a line break: an OptionsError, and not repeated",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      for (const receipt of [odd["a line break"], odd["a letter beyond Latin 1"]]) {
        const error = await failure(
          session.authenticate(somebody, { receipt: receipt ?? "" }),
          OptionsError,
        );
        assertHides(error, ...parts);
      }
      assert.isEmpty(await server.log());
    },
  },
  {
    name: "a header of session.fetch that HTTP does not allow: an OptionsError, and not repeated",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      await session.token();
      const wrong: Record<string, string>[] = [
        { "X-Key": "s3cret-a\ns3cret-b" },
        { "X Key": "s3cret-a" },
      ];
      for (const headers of wrong) {
        const error = await failure(
          session.fetch(`${server.at("service-ok")}/x`, { headers }),
          OptionsError,
        );
        assertHides(error, ...parts);
      }
    },
  },
  {
    name: "an address with user and password, or none at all: an OptionsError, and not repeated",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      await session.token();
      const { host } = new URL(server.url);
      for (const url of [
        `http://s3cret-a:s3cret-b@${host}/x`,
        `http://s3cret-a@${host}/x`,
        "http://[s3cret-a",
      ]) {
        for (const input of [url, ...(URL.canParse(url) ? [new URL(url)] : [])]) {
          assertHides(await failure(session.fetch(input), OptionsError), ...parts);
        }
        assertHides(await failure(() => createSession({ authUrl: url }), OptionsError), ...parts);
      }
      const seen = (await server.log()).filter(({ path }) => path.includes("x"));
      assert.isEmpty(seen);
    },
  },
  {
    name: "a cyclic, a huge or a foreign value in an option is an OptionsError that names it",
    async run(env) {
      const cyclic: Record<string, unknown> = { id: "a" };
      cyclic.self = cyclic;
      cyclic.domain = cyclic;
      const authUrl = `${faulty(env, "ok").url}/v3`;
      const never = cyclic as never;
      for (const [option, work] of Object.entries({
        scope: () => createSession({ authUrl, scope: { project: { id: 1n } } as never }),
        trust: () => createSession({ authUrl, scope: { trust: never, project: never } as never }),
        auth: () => createSession({ authUrl, auth: never }),
        services: () => createSession({ authUrl, services: { compute: 1n } as never }),
        region: () => createSession({ authUrl, region: 1n as never }),
        retry: () => createSession({ authUrl, retry: 1n as never }),
        password: () => password({ id: "a", password: 1n as never }),
        query: () => createSession({ authUrl, auth: somebody }).service({ type: 1n } as never),
        version: () =>
          createSession({ authUrl, auth: somebody }).service({ type: "x", version: never }),
      })) {
        const error = await failure(work, OptionsError);
        assert.match(error.message, /expected /, option);
      }
    },
  },
];

export default cases;
