/** A name that an object of options can't have: it would do nothing, and nobody would know. */
import { assert } from "chai";
import {
  checkToken,
  createSession,
  diagnose,
  discover,
  findEndpoint,
  OptionsError,
  revokeToken,
  type Session,
  validateToken,
} from "keystone-fetch";
import { fromClouds, fromEnv } from "keystone-fetch/config";
import { oauth1, oidcAccessToken, webSso } from "keystone-fetch/federation";
import { createGuard } from "keystone-fetch/guard";
import { cacheStore } from "keystone-fetch/stores";
import { passwordV2, tokenV2 } from "keystone-fetch/v2";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { project, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

// What follows is wrong by its types, too: programs without types pass such values.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Wrong = any;

const authUrl = "https://keystone.example/v3";
const id = "0123456789abcdef";

/** The name that is wrong, the one that was meant, and the call. */
type Misspelt = readonly [name: string, meant: string, call: (session: Session) => unknown];

const ofSessions: readonly Misspelt[] = [
  ["scpoe", "scope", () => createSession({ authUrl, scpoe: project("web") } as Wrong)],
  ["authURL", "authUrl", () => createSession({ authUrl, authURL: authUrl } as Wrong)],
  [
    "services.compute.regoin",
    "region",
    () => createSession({ authUrl, services: { compute: { regoin: "x" } as Wrong } }),
  ],
  ["singal", "signal", (session) => session.token({ singal: 1 } as Wrong)],
  ["singal", "signal", (session) => session.restore({ singal: 1 } as Wrong)],
  ["singal", "signal", (session) => session.projects({ singal: 1 } as Wrong)],
  ["singal", "signal", (session) => session.domains({ singal: 1 } as Wrong)],
  ["singal", "signal", (session) => session.endpoint("compute", { singal: 1 } as Wrong)],
  ["singal", "signal", (session) => session.service("compute", { singal: 1 } as Wrong)],
  ["recipt", "receipt", (session) => session.authenticate(undefined, { recipt: id } as Wrong)],
  ["rescope", "rescoped", (session) => session.revoke({ rescope: true } as Wrong)],
];

const ofQueries: readonly Misspelt[] = [
  ["regoin", "region", (session) => session.service({ type: "compute", regoin: "x" } as Wrong)],
  ["Interface", "interface", () => findEndpoint([], { type: "x", Interface: "public" } as Wrong)],
];

const ofFunctions: readonly Misspelt[] = [
  [
    "allowExpird",
    "allowExpired",
    (session) => validateToken(session, id, { allowExpird: true } as Wrong),
  ],
  [
    "accessRule",
    "accessRules",
    (session) => checkToken(session, id, { accessRule: true } as Wrong),
  ],
  [
    "allowExpired",
    "signal",
    (session) => revokeToken(session, id, { allowExpired: true } as Wrong),
  ],
  ["fecth", "fetch", () => discover(authUrl, { fecth: fetch } as Wrong)],
  ["time", "timeout", () => diagnose(authUrl, { time: 1 } as Wrong)],
];

const ofOtherEntries: readonly Misspelt[] = [
  ["servceRoles", "serviceRoles", (session) => createGuard({ session, servceRoles: [] } as Wrong)],
  [
    "singal",
    "signal",
    (session) => createGuard({ session }).identify(new Request(authUrl), { singal: 1 } as Wrong),
  ],
  ["ignore", "ignored", () => fromEnv({ OS_AUTH_URL: authUrl }, { ignore() {} } as Wrong)],
  ["secrets", "secure", () => fromClouds({ clouds: { a: {} } }, "a", { secrets: {} } as Wrong)],
  [
    "identityProvder",
    "identityProvider",
    () => webSso({ authUrl, protocol: "openid", origin: authUrl, identityProvder: "a" } as Wrong),
  ],
  [
    "subject",
    "user",
    () =>
      oidcAccessToken({
        identityProvider: "a",
        protocol: "b",
        accessToken: "c",
        subject: "d",
      } as Wrong),
  ],
  [
    "authURL",
    "authUrl",
    () =>
      oauth1({
        consumerKey: "a",
        consumerSecret: "b",
        accessKey: "c",
        accessSecret: "d",
        authURL: "e",
      } as Wrong),
  ],
  [
    "tenant_id",
    "tenant",
    () => passwordV2({ username: "a", password: "b", tenant_id: "c" } as Wrong),
  ],
  ["tennant", "tenant", () => tokenV2(id, { tennant: { id } } as Wrong)],
  ["prefix", "name", () => cacheStore({ open() {} } as Wrong, { prefix: "x" } as Wrong)],
];

const cases: readonly Case[] = [
  ...Object.entries({ ofSessions, ofQueries, ofFunctions, ofOtherEntries }).map(
    ([which, misspelt]): Case => ({
      name: `a misspelt name is an OptionsError with the known ones (${which.slice(2)})`,
      async run(env) {
        const server = faulty(env, "ok");
        const session = sessionAt(server);
        for (const [name, meant, call] of misspelt) {
          const error = await failure(async () => call(session), OptionsError);
          assert.match(error.message, new RegExp(`^${name}: expected one of .*\\b${meant}\\b`));
        }
        assert.isEmpty(await server.log());
      },
    }),
  ),
  {
    name: "a name that is not known counts for nothing if undefined is under it",
    async run(env) {
      createSession({ authUrl, scpoe: undefined } as Wrong);
      const session = sessionAt(faulty(env, "ok"));
      assert.isString((await session.token({ singal: undefined } as Wrong)).id);
    },
  },
  {
    name: "a signal in place of the options is an OptionsError",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const { signal } = new AbortController();
      for (const call of [session.token, session.restore, session.revoke, session.projects]) {
        const error = await failure(call(signal as Wrong), OptionsError);
        assert.match(error.message, /^options: expected an object with signal/);
      }
      assert.isEmpty(await server.log());
    },
  },
];

export default cases;
