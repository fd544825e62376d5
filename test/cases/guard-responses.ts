/** What a guarded API answers to bad callers, and when Keystone can't be asked. */
import { assert } from "chai";
import {
  createSession,
  InvalidTokenError,
  isKeystoneError,
  KeystoneError,
  OptionsError,
  password,
  ResponseError,
  UnauthorizedError,
} from "keystone-fetch";
import { createGuard } from "keystone-fetch/guard";
import type { Case } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { assertProblem, guardAt, request, tokensOf, withToken } from "../fixtures/guard.ts";
import { mapStore, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  {
    name: "without a good token the answer is 401, which says where to get tokens",
    async run(env) {
      const { guard, server } = guardAt(env, "ok");
      const handler = guard.protect(() => new Response("never"));
      for (const one of [request(), withToken("made-up"), withToken("two words")]) {
        const response = await handler(one);
        assert.equal(response.headers.get("WWW-Authenticate"), `Keystone uri="${server.url}/v3"`);
        await assertProblem(response, 401);
      }
      const wwwAuthenticateUri = "https://keystone.example/identity";
      const other = createGuard({ session: sessionAt(server), wwwAuthenticateUri });
      const told = other.challenge(new InvalidTokenError("no")).headers.get("WWW-Authenticate");
      assert.equal(told, `Keystone uri="${wwwAuthenticateUri}"`);
    },
  },
  {
    name: "while Keystone is down or answers nonsense, the answer is 503, and the operator learns why",
    async run(env) {
      const faults = ["503-later@tokens", "html-later@tokens", "html404-later@tokens"];
      for (const fault of [...faults, "reset-later@tokens", "json-other-later@tokens", "503"]) {
        const heard: unknown[] = [];
        const onUnavailable = (error: KeystoneError) => heard.push(error);
        const { guard } = guardAt(env, fault, { onUnavailable });
        const response = await guard.protect(() => new Response("never"))(withToken("whatever"));
        await assertProblem(response, 503);
        assert.lengthOf(heard, 1, fault);
        assert.isTrue(isKeystoneError(heard[0]));
        assertHides(heard[0], "whatever");
      }
      const session = createSession({ authUrl: `${env.closed}/v3`, auth: wrong, retry: 0 });
      const { protect } = createGuard({ session });
      await assertProblem(await protect(() => new Response("never"))(withToken("one")), 503);
    },
  },
  {
    name: "when Keystone refuses the guard's own credentials or token, the caller is not blamed",
    async run(env) {
      const server = faulty(env, "ok");
      const [id = ""] = await tokensOf(server, 1);
      const authUrl = `${server.url}/v3`;
      for (const own of [{ auth: wrong }, { token: "dead" }, {}]) {
        const guard = createGuard({ session: createSession({ authUrl, retry: 0, ...own }) });
        const error = await failure(guard.identify(withToken(id)), UnauthorizedError);
        assertHides(error, id);
        await assertProblem(guard.challenge(error), 503);
        // And again, when the session already knows.
        const handler = guard.protect(() => new Response("never"));
        await assertProblem(await handler(withToken(id)), 503);
      }
    },
  },
  {
    name: "the time that a server asks for is passed on",
    async run(env) {
      const { guard } = guardAt(env, "ok");
      const error = new KeystoneError("busy", { status: 503, retryAfter: 41.5 });
      assert.equal(guard.challenge(error).headers.get("Retry-After"), "42");
      assert.equal(guard.challenge(new KeystoneError("?")).headers.get("Retry-After"), "10");
    },
  },
  {
    name: "an error that is not ours is thrown on: an abort, a mistake in the handler",
    async run(env) {
      const { guard, server } = guardAt(env, "ok");
      const mistake = new TypeError("mistake");
      assert.throws(() => guard.challenge(mistake), mistake);
      const [id = ""] = await tokensOf(server, 1);
      const failing = guard.protect(() => Promise.reject(mistake));
      assert.strictEqual(await failing(withToken(id)).catch((error: unknown) => error), mistake);
    },
  },
  {
    name: "the handler gets the request, the token and whatever else the runtime passes",
    async run(env) {
      const { guard, server } = guardAt(env, "ok");
      const [id = ""] = await tokensOf(server, 1);
      const handler = guard.protect(
        async (received, token, env: { color: string }, ctx: number) => {
          const { method, headers } = received;
          const body = await received.text();
          const seen = [...headers.keys()].filter((name) => /^x-(user|roles|service)/.test(name));
          return Response.json({ method, body, seen, user: token.user.name, env, ctx });
        },
      );
      const headers = { "X-Auth-Token": id, "X-User-Id": "forged", "X-Roles": "admin" };
      const sent = new Request("https://api.example/", { method: "POST", headers, body: "hello" });
      const response = await handler(sent, { color: "red" }, 7);
      assert.deepEqual(await response.json(), {
        method: "POST",
        body: "hello",
        seen: [],
        user: "demo",
        env: { color: "red" },
        ctx: 7,
      });
    },
  },
  {
    name: "the handler's own 401 says where to get tokens, too",
    async run(env) {
      const { guard, server } = guardAt(env, "ok");
      const [id = ""] = await tokensOf(server, 1);
      const response = await guard.protect(() => new Response("no", { status: 401 }))(
        withToken(id),
      );
      assert.match(response.headers.get("WWW-Authenticate") ?? "", /^Keystone uri=/);
      assert.equal(await response.text(), "no");
    },
  },
  {
    name: "a token that Keystone repeats is in no error, and its document in no store",
    async run(env) {
      const { guard } = guardAt(env, "echo-token-later@tokens");
      const id = "gAAAAAB-somebody-elses-token";
      assertHides(await failure(guard.identify(withToken(id)), InvalidTokenError), id);

      const store = mapStore();
      const talkative = guardAt(env, "ok", { store }, { fetch: repeating });
      const [good = ""] = await tokensOf(talkative.server, 1);
      for (let round = 0; round < 2; round++) {
        const token = await talkative.guard.identify(withToken(good));
        assertHides(token, good);
      }
      assert.equal(await talkative.questions(), 1);
      assert.isEmpty([...store.map]);
    },
  },
  {
    name: "a token that Keystone sends back as the request's id is in no error, and a true id is",
    async run(env) {
      const token = "0123456789abcdef0123456789abcdef";
      for (const [type, kind] of [
        ["application/json", InvalidTokenError],
        ["text/html", ResponseError],
      ] as const) {
        for (const [name, shown] of [
          ["X-Subject-Token", false],
          ["X-Auth-Token", false],
          ["X-Made-Up", true],
        ] as const) {
          const sent: string[] = [];
          const refusing: typeof fetch = async (input, init) => {
            const headers = new Headers(init?.headers);
            if (!headers.has("X-Subject-Token")) return fetch(input, init);
            const requestId = headers.get(name) ?? "req-1234";
            sent.push(requestId);
            const reply = { "Content-Type": type, "X-Openstack-Request-Id": requestId };
            return new Response("{}", { status: 404, headers: reply });
          };
          const { guard } = guardAt(env, "ok", {}, { fetch: refusing });
          const error = await failure<KeystoneError>(guard.identify(withToken(token)), kind);
          assert.lengthOf(sent, 1);
          assert.equal(error.requestId, shown ? "req-1234" : undefined);
          if (!shown) assertHides(error, ...sent);
        }
      }
    },
  },
  {
    name: "a wrong option is named at once",
    run(env) {
      const session = sessionAt(faulty(env, "ok"));
      for (const [name, value] of [
        ["session", {}],
        ["ttl", -1],
        ["ttl", "60"],
        ["maxTokens", 0],
        ["store", {}],
        ["serviceRoles", "service"],
        ["accessRules", { service: "" }],
        ["wwwAuthenticateUri", "keystone"],
        ["wwwAuthenticateUri", 'https://keystone.example/"'],
        ["wwwAuthenticateUri", "https://keystone.example/\u65e5"],
        ["onUnavailable", "console"],
      ] as const) {
        const options = { session, [name]: value } as Parameters<typeof createGuard>[0];
        assert.throws(() => createGuard(options), OptionsError, name);
      }
    },
  },
];

/** fetch of a Keystone whose documents repeat the token that was asked about. */
const repeating: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const subject = new Headers(init?.headers).get("X-Subject-Token");
  if (!subject || response.status !== 200) return response;
  const { token } = await response.json();
  return Response.json({ token: { ...token, id: subject } });
};

const wrong = password({ name: "demo", domain: { id: "default" }, password: "wrong" });

export default cases;
