/** Redirects: none takes a secret to another origin, in any runtime. */
import { assert } from "chai";
import { KeystoneError, type LogEntry, TransportError, UntrustedOriginError } from "keystone-fetch";
import { type Case, type Env, isPage } from "../case.ts";
import { assertHides, failure, outcome, secret } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** A page cannot tell a redirect to another origin from any other. */
const refusal = (env: Env): Refusal => (isPage(env) ? TransportError : UntrustedOriginError);

type Refusal = new (message: string) => KeystoneError;

const statuses = [301, 302, 303, 307, 308];

const cases: readonly Case[] = [
  ...statuses.flatMap((status) => [
    {
      name: `a login is not taken to another origin by a ${status}`,
      async run(env: Env) {
        const server = faulty(env, `redirect-foreign-${status}`);
        const session = sessionAt(server);
        const { state } = session;
        const error = await failure(session.authenticate(), refusal(env));
        assertHides(error, secret);
        assert.isEmpty(await server.foreignLog());
        assert.lengthOf(await server.log(), 1);
        assert.strictEqual(session.state, state);
      },
    },
    {
      name: `a token is not taken to another origin by a ${status}`,
      async run(env: Env) {
        const server = faulty(env, "ok");
        const session = sessionAt(server);
        const { id } = await session.token();
        const url = `${server.at(`redirect-foreign-${status}@things`)}/things`;
        const asks = [
          () => session.fetch(url),
          () => session.fetch(url, { method: "POST", body: secret }),
          // Whatever the caller asks for.
          () => session.fetch(url, { redirect: "follow", credentials: "include" }),
        ];
        for (const ask of asks) assertHides(await failure(ask, refusal(env)), id, secret);
        assert.isEmpty(await server.foreignLog());
      },
    },
    {
      name: `a ${status} within the origin is followed, but for pages, which cannot see where to`,
      async run(env: Env) {
        const server = faulty(env, "ok");
        const session = sessionAt(server);
        const { id } = await session.token();
        const url = `${server.at(`redirect-${status}@things`)}/things?limit=1`;
        const asked = session.fetch(url, { method: "POST", body: "data" });
        if (isPage(env)) {
          await failure(asked, TransportError);
          return;
        }
        const { method, path, body } = await (await asked).json();
        const post = { method: "POST", path: "/things?limit=1", body: "data" };
        assert.deepEqual(
          { method, path, body },
          status === 303 ? { ...post, method: "GET", body: "" } : post,
        );
        assert.equal((await server.log()).at(-1)?.token, id);
      },
    },
  ]),
  {
    name: "a login that was moved within the origin is still a login",
    async run(env) {
      const session = sessionAt(faulty(env, "redirect-308"));
      if (isPage(env)) await failure(session.authenticate(), TransportError);
      else assert.equal((await session.authenticate()).user.name, "demo");
    },
  },
  {
    name: "a stream cannot be sent on: that is one of our errors, too",
    async run(env) {
      const server = faulty(env, "ok");
      const init = { method: "POST", body: new Blob(["a stream"]).stream(), duplex: "half" };
      const url = `${server.at("redirect-307@things")}/things`;
      const error = await outcome(sessionAt(server).fetch(url, init as RequestInit));
      assert.instanceOf(error, KeystoneError);
    },
  },
  {
    name: "a secret in the address that a redirect names is in no error and in no log entry",
    async run(env) {
      for (const [target, type] of [
        [`https://${secret}.example/`, UntrustedOriginError],
        [`/moved/${secret}`, TransportError],
      ] as const) {
        const entries: LogEntry[] = [];
        const session = sessionAt(faulty(env, "ok"), {
          log: (entry) => entries.push(entry),
          fetch: async (input) => {
            if (String(input).includes("/moved/")) throw new TypeError("fetch failed");
            return new Response(null, { status: 307, headers: { Location: target } });
          },
        });
        assertHides([await failure(session.token(), type as Refusal), entries], secret);
      }
    },
  },
  {
    name: "Authorization stays at its own origin, as with any fetch; a HEAD stays one",
    async run(env) {
      const seen: [origin: string, method: string, authorization: string | null][] = [];
      const server = faulty(env, "ok");
      const { origin } = new URL(server.url);
      const session = sessionAt(server, {
        trustedOrigins: ["https://trusted.example"],
        fetch: async (input, init) => {
          const url = String(input);
          if (url.includes("/auth/tokens")) return fetch(input, init);
          const authorization = new Headers(init?.headers).get("Authorization");
          seen.push([new URL(url).origin, init?.method ?? "", authorization]);
          const [, target] = /#?to=(.*)/.exec(decodeURIComponent(url)) ?? [];
          return target
            ? new Response(null, { status: 303, headers: { Location: target } })
            : new Response(null);
        },
      });
      for (const target of ["/there", "https://trusted.example/there"]) {
        const headers = { Authorization: "Bearer own" };
        const url = `${server.url}/v3/x?to=${encodeURIComponent(target)}`;
        await session.fetch(url, { method: "HEAD", headers });
      }
      assert.deepEqual(seen, [
        [origin, "HEAD", "Bearer own"],
        [origin, "HEAD", "Bearer own"],
        [origin, "HEAD", "Bearer own"],
        ["https://trusted.example", "HEAD", null],
      ]);
    },
  },
];

export default cases;
