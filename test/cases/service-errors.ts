/** What each service says when it fails: the class, the words, the request's id and the wait. */
import { assert } from "chai";
import {
  BadRequestError,
  ConflictError,
  ForbiddenError,
  KeystoneError,
  NotFoundError,
  RateLimitError,
  ServerError,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const req = "req-6e5a2a4b-0f14-4e2b-9a3f-1c9d6f1f7e42";
const trans = "tx3f0a5b1c9e7d4f2a8b6c0-0065f1c2d3";
const cephTrans = "tx00000a1b2c3d4e5f60718-0065f1c2d3-11b2c-default";
const hexId = "0f5c8d2e7a914b36bd0e6f1a2c3d4e5f";

type Class = new (message: string) => KeystoneError;

/** Its message is shown; that of a page comes after the page's title. */
type Expected = readonly [error: Class, words: string, requestId?: string, retryAfter?: number];

/** The answers are in test/server/service-error-table.mjs. */
const services: Record<string, Expected> = {
  nova: [NotFoundError, "Instance 7d1e could not be found.", req],
  "nova-limit": [RateLimitError, "This request was rate-limited.", req, 3600],
  neutron: [ConflictError, "Network 9c2f is in use.", req],
  cinder: [BadRequestError, "Invalid volume: status must be available.", req],
  glance: [NotFoundError, "404 Not Found 404 Not Found Failed to find image 31a0", req],
  keystone: [
    ForbiddenError,
    "You are not authorized to perform the requested action: identity:list_users.",
    req,
  ],
  placement: [
    ConflictError,
    "There was a conflict when trying to complete your request. Unable to allocate.",
    req,
  ],
  octavia: [ConflictError, "Load Balancer 5b0e is immutable and cannot be updated.", req],
  magnum: [NotFoundError, "Cluster lab could not be found.", req],
  "magnum-fault": [BadRequestError, "Invalid input for field/attribute node_count.", req],
  barbican: [NotFoundError, "Not Found. Sorry but your secret is in another castle.", req],
  zaqar: [NotFoundError, "Queue jobs does not exist in this project."],
  heat: [NotFoundError, "The Stack (web) could not be found.", req],
  "heat-plain": [BadRequestError, "The template is not valid YAML.", req],
  ironic: [NotFoundError, "Node rack-7 could not be found.", req],
  manila: [ForbiddenError, "Policy does not allow share:create.", req],
  designate: [NotFoundError, "Could not find Zone", req],
  "designate-fields": [
    BadRequestError,
    "Provided object does not match schema; email: 'x' is not a 'email'; 'name' is a required property",
    req,
  ],
  trove: [KeystoneError, "Instance 12 is not ready."],
  swift: [NotFoundError, "Not Found The resource could not be found.", trans],
  "ceph-json": [NotFoundError, "NoSuchBucket", cephTrans],
  "ceph-words": [ForbiddenError, "The user's quota is used up.", cephTrans],
  "swift-limit": [RateLimitError, "Slow down", trans],
  ceph: [ForbiddenError, "AccessDenied", cephTrans],
  huawei: [NotFoundError, "Instance 7d1e could not be found.", hexId],
  otc: [BadRequestError, "The parameter flavorRef is not valid.", hexId],
  "otc-limit": [
    RateLimitError,
    "The throttling threshold has been reached: policy user over ratelimit.",
    hexId,
    60,
  ],
  "neutron-old": [NotFoundError, "Network 9c2f could not be found.", req],
  gnocchi: [NotFoundError, "Metric does not exist"],
  "otc-old": [BadRequestError, "The quota of networks is used up."],
  "otc-older": [BadRequestError, "The flavor does not exist."],
  gateway: [ForbiddenError, "the subscription has ended"],
  "proxy-json": [ServerError, "Bad Gateway"],
  nginx: [ServerError, "502 Bad Gateway 502 Bad Gateway nginx/1.22.1"],
  haproxy: [ServerError, "503 Service Unavailable No server is available to handle this request."],
};

/** A call of that service, by a session that has these options. */
async function call(env: Env, service: string, options: object = {}) {
  const server = faulty(env, "ok");
  const endpointOverrides = { compute: server.at(`error-${service}`) };
  const session = sessionAt(server, { endpointOverrides, ...options });
  const client = await session.service("compute");
  const sent = async () =>
    (await server.log()).filter(({ fault }) => fault === `error-${service}`).length;
  return { work: client.get("things").json(), sent };
}

const cases: readonly Case[] = [
  ...Object.entries(services).map(([service, [type, ...said]]) => ({
    name: `${service}: its words, its request id and its wait`,
    async run(env: Env) {
      const error = await failure((await call(env, service)).work, type);
      assert.equal(error.code, new type("").code);
      const { detail, requestId, retryAfter } = error as RateLimitError;
      const [words, id, seconds] = said;
      assert.deepEqual([detail, requestId, retryAfter], [words, id, seconds]);
      assert.isTrue(error.message.endsWith(`: ${detail}`), error.message);
    },
  })),
  ...["nova-limit", "otc-limit"].map((service) => ({
    name: `${service}: a wait beyond our patience ends at once, with the seconds`,
    async run(env: Env) {
      const { work, sent } = await call(env, service, { retry: undefined });
      const { retryAfter } = await failure(work, RateLimitError);
      assert.equal(retryAfter, services[service]?.[3]);
      assert.equal(await sent(), 1);
    },
  })),
  {
    name: "a title alone, as Magnum's may be, is shown",
    async run(env) {
      const error = await failure((await call(env, "magnum-title")).work, ConflictError);
      assert.equal(error.title, "Cluster lab is busy");
      assert.isTrue(error.message.endsWith(": 409 Cluster lab is busy"), error.message);
    },
  },
  {
    name: "a limit without a wait is tried again",
    async run(env) {
      const { work, sent } = await call(env, "swift-limit", { retry: 1 });
      await failure(work, RateLimitError);
      assert.equal(await sent(), 2);
    },
  },
  {
    name: "retry.maxRetryAfter is our patience: with less of it, a longer wait fails at once",
    async run(env) {
      const server = faulty(env, "429-seconds@users");
      const impatient = sessionAt(server, { retry: { limit: 2, maxRetryAfter: 500 } });
      const { retryAfter } = await failure(
        (await impatient.service("identity")).get("users").json(),
        RateLimitError,
      );
      assert.equal(retryAfter, 1);
      const asked = (await server.log()).filter(({ path }) => path.endsWith("/users"));
      assert.lengthOf(asked, 1);
    },
  },
  {
    name: "a 300 of a service names its versions and says what to do",
    async run(env) {
      const { work } = await call(env, "nova-choices");
      const error = await failure(work, KeystoneError);
      assert.equal(error.status, 300);
      assert.include(error.message, "v2.0, v2.1: ask for one by version in the query");
    },
  },
];

export default cases;
