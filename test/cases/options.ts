/** Wrong options: named before anything is sent, and not repeated. */
import { assert } from "chai";
import {
  applicationCredential,
  checkToken,
  createSession,
  discover,
  findEndpoint,
  findEndpoints,
  revokeToken,
  type SessionOptions,
  validateToken,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertNames, secret } from "../fixtures/failures.ts";
import { project, sessionAt, somebody } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

// What follows is wrong by its types, too: programs without types pass such values.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Wrong = any;

const domain = { name: "Default" };
const credential = applicationCredential({ id: "0123456789abcdef", secret });

/** What is passed to createSession() besides good options, and what its error names. */
const options: readonly [string, Wrong][] = [
  ["authUrl", { authUrl: undefined }],
  ["authUrl", { authUrl: "" }],
  ["authUrl", { authUrl: "keystone.example" }],
  ["authUrl", { authUrl: "localhost:5000/v3" }],
  ["authUrl", { authUrl: "/identity/v3" }],
  ["authUrl", { authUrl: "ftp://keystone.example/v3" }],
  ["authUrl", { authUrl: `https://demo:${secret}@keystone.example/v3` }],
  ["authUrl", { authUrl: `https://${secret}@keystone.example/v3` }],
  ["authUrl", { authUrl: new URL(`https://demo:${secret}@keystone.example/v3`) }],
  ["authUrl", { authUrl: `https://keystone.example/v3?password=${secret}` }],
  ["authUrl", { authUrl: `http://[${secret}]/v3` }],
  ["auth", { auth: secret }],
  ["auth", { auth: { name: "demo", password: secret } }],
  ["auth", { auth: [somebody, undefined] }],
  ["scope", { scope: "web" }],
  ["scope", { scope: null }],
  ["scope", { scope: {} }],
  ["scope", { scope: { ...project("web"), domain } }],
  ["scope", { scope: { system: "some" } }],
  ["scope.trust.id", { scope: { trust: {} } }],
  ["scope", { scope: { projekt: { id: "0a74" } } }],
  ["scope", { auth: credential, scope: project("web") }],
  ["scope", { auth: credential, scope: "unscoped" }],
  ["scope.project", { scope: { project: "web" } }],
  ["scope.project", { scope: { project: { domain } } }],
  ["scope.project", { scope: { project: { id: "" } } }],
  ["scope.project.domain", { scope: { project: { name: "web" } } }],
  ["scope.project.domain", { scope: { project: { name: "web", domain: "Default" } } }],
  ["scope.domain", { scope: { domain: "Default" } }],
  ["interface", { interface: "publicURL" }],
  ["interface", { interface: Object.create(null) }],
  ["interface", { interface: ["internal", "private"] }],
  ["expiryMargin", { expiryMargin: -1 }],
  ["expiryMargin", { expiryMargin: "soon" }],
  ["timeout", { timeout: Number.POSITIVE_INFINITY }],
  ["timeout", { timeout: 2 ** 31 }],
  ["timeout", { timeout: -1 }],
  ["timeout", { timeout: "soon" }],
  ["retry", { retry: Number.POSITIVE_INFINITY }],
  ["retry", { retry: -1 }],
  ["retry", { retry: { limit: 0.5 } }],
  ["fetch", { fetch: secret }],
  ["fetch", { fetch: {} }],
  ["store", { store: {} }],
  ["store", { store: secret }],
  ["trustedOrigins", { trustedOrigins: ["swift.example"] }],
  ["trustedOrigins", { trustedOrigins: [`https://demo:${secret}@swift.example`] }],
  ["endpointOverrides.compute", { endpointOverrides: { compute: "/v2.1" } }],
  ["endpointOverrides.compute", { endpointOverrides: { compute: undefined } }],
  [
    "endpointOverrides.compute",
    { endpointOverrides: { compute: `https://demo:${secret}@nova.example` } },
  ],
];

/** What a good session is asked for, and what its error names. */
const calls: readonly [
  string,
  (session: ReturnType<typeof sessionAt>, server: Faulty) => unknown,
][] = [
  ["scope", (session) => session.rescope({} as Wrong)],
  ["scope.project.domain", (session) => session.rescope({ project: { name: "web" } } as Wrong)],
  ["auth", (session) => session.authenticate(secret as Wrong)],
  ["auth", (_, { url }) => createSession({ authUrl: url }).authenticate()],
  ["scope", (_, server) => sessionAt(server, { scope: project("web") }).authenticate(credential)],
  ["type", (session) => session.endpoint("")],
  ["type", (session) => session.service({ region: "RegionOne" } as Wrong)],
  ["interface", (session) => session.endpoint({ type: "compute", interface: "private" as Wrong })],
  ["type", (session) => session.endpoint(undefined as Wrong)],
  ["options", () => createSession(null as Wrong)],
  ["url", () => discover("")],
  ["url", () => discover("identity/v3")],
  ["url", () => discover(`https://demo:${secret}@keystone.example`)],
  ["url", () => discover(undefined as Wrong)],
  ["subjectId", (session) => checkToken(session, "")],
  ["subjectId", (session) => validateToken(session, undefined as Wrong)],
  ["subjectId", (session) => revokeToken(session, "")],
  ...[secret, 7, {}, { aborted: false }].flatMap((signal: Wrong): typeof calls => [
    ["signal", (session) => session.token({ signal })],
    ["signal", (session) => session.authenticate(somebody, { signal })],
    ["signal", (session) => session.restore({ signal })],
    ["signal", (session) => session.revoke({ signal })],
    ["signal", (session) => session.endpoint("compute", { signal })],
    ["signal", (session) => session.service("compute", { signal })],
    ["signal", (session) => session.projects({ signal })],
    ["signal", (session) => session.domains({ signal })],
    ["signal", (session) => validateToken(session, "a", { signal })],
    ["signal", (session, { url }) => session.fetch(url, { signal })],
  ]),
  ...[`G ${secret}`, "", "G\n"].map((method): (typeof calls)[number] => [
    "method",
    (session, { url }) => session.fetch(url, { method }),
  ]),
  ["body", (session, { url }) => session.fetch(url, { body: secret })],
  ["body", (session, { url }) => session.fetch(url, { method: "head", body: secret })],
];

const cases: readonly Case[] = [
  ...options.map(([option, given], index) => ({
    name: `createSession() names ${option}, given ${Object.keys(given)} (${index})`,
    async run(env: Env) {
      const server = faulty(env, "ok");
      const all: SessionOptions = { authUrl: server.url, auth: somebody, ...given };
      await assertNames(() => createSession(all), option);
      assert.isEmpty(await server.log());
    },
  })),
  ...calls.map(([option, call], index) => ({
    name: `a call names ${option} (${index})`,
    async run(env: Env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      await assertNames(() => call(session, server), option);
      assert.isEmpty(await server.log());
      assert.deepEqual(session.state, { status: "unauthenticated" });
    },
  })),
  {
    name: "an endpoint that was found earlier is a query",
    async run(env) {
      const session = sessionAt(faulty(env, "ok"));
      const { catalog } = await session.token();
      const [first] = findEndpoints(catalog);
      if (!first) return assert.fail("the catalog is empty");
      assert.deepEqual(findEndpoint(catalog, first as Wrong), first);
      assert.deepEqual(await session.endpoint(first as Wrong), first);
    },
  },
  {
    name: "null in place of a call's options counts as none",
    async run(env) {
      const session = sessionAt(faulty(env, "ok"));
      const none = null as Wrong;
      const { id } = await session.authenticate(undefined, none);
      assert.equal((await session.token(none)).id, id);
      assert.isFalse(await session.restore(none));
      assert.equal((await session.endpoint("identity", none)).type, "identity");
      assert.isFunction(await session.service("identity", none));
      assert.isArray(await session.projects(none));
      assert.equal((await validateToken(session, id, none)).user.name, "demo");
      await session.revoke(none);
    },
  },
  {
    name: "an own method's identity that JSON can't hold is an OptionsError, one that names no user is fine",
    async run(env) {
      const server = faulty(env, "ok");
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      const own = (identity: Wrong) =>
        sessionAt(server, {
          auth: { name: "password", payload: () => somebody.payload(), identity },
        });
      for (const identity of [circle, { big: 1n }]) await assertNames(() => own(identity), "auth");
      const domain = { id: "default" };
      const users = [{ domain }, { name: 5, domain }, { name: "demo", domain: {} }, { id: 7 }];
      for (const user of users) assert.equal((await own({ user }).token()).user.name, "demo");
    },
  },
];

export default cases;
