/** Which versions a server has, according to the server, wherever its links point. */
import { assert } from "chai";
import {
  createSession,
  discover,
  EndpointNotFoundError,
  KeystoneError,
  NotFoundError,
  ResponseError,
  TransportError,
  UnauthorizedError,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import { somebody } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

/** What discover() gives for each shape: ids, and URLs below the server's own. */
const shapes: Record<string, readonly (readonly [id: string, path: string])[]> = {
  "values-300": [["v3.14", "/v3"]],
  "list-200": [["v3.14", "/v3"]],
  single: [["v3.14", "/v3"]],
  bare: [["v3.14", "/v3"]],
  "internal-href": [["v3.14", "/v3"]],
  "https-href": [["v3.14", "/v3"]],
  "no-prefix-href": [["v3.14", "/v3"]],
  "relative-href": [["v3.14", "/v3"]],
  "absolute-path-href": [["v3.14", "/v3"]],
  "empty-href": [["v3.14", ""]],
  "no-links": [["v3.14", ""]],
  "v2-and-v3": [
    ["v2.0", "/v2.0"],
    ["v3.14", "/v3"],
  ],
  "v4-and-v3": [
    ["v4.0", "/v4"],
    ["v3.14", "/v3"],
  ],
  "v4-only": [["v4.0", "/v4"]],
  nova: [
    ["v2.0", "/v2"],
    ["v2.1", "/v2.1"],
  ],
  glance: [
    ["v2.16", "/v2"],
    ["v2.15", "/v2"],
    ["v2.9", "/v2"],
  ],
  cinder: [
    ["v2.0", "/v2"],
    ["v3.0", "/v3"],
  ],
  placement: [["v1.0", ""]],
  "no-versions": [],
};

/** What is not a version document. */
const broken: Record<string, new (message: string) => KeystoneError> = {
  html: ResponseError,
  empty: ResponseError,
  other: ResponseError,
  404: NotFoundError,
  401: UnauthorizedError,
};

const hasV3 = Object.entries(shapes)
  .filter(([, versions]) => versions.some(([id]) => id === "v3.14"))
  .map(([shape]) => shape);

const paths = async (server: Faulty) =>
  (await server.log()).map(({ method, path }) => `${method} ${path}`);

const cases: readonly Case[] = [
  ...Object.entries(shapes).map(([shape, versions]) => ({
    name: `discover() reads ${shape}, and stays where it was asked`,
    async run(env: Env) {
      const { url } = faulty(env, `discovery-${shape}`);
      for (const asked of [url, `${url}/`, new URL(url)]) {
        const found = await discover(asked);
        assert.deepEqual(
          found.map((version) => [version.id, version.url]),
          versions.map(([id, path]) => [id, `${url}${path}`]),
        );
      }
    },
  })),
  ...hasV3.map((shape) => ({
    name: `a login finds its way by ${shape}`,
    async run(env: Env) {
      const server = faulty(env, `discovery-${shape}`);
      await createSession({ authUrl: server.url, auth: somebody, retry: 0 }).authenticate();
      assert.deepEqual(await paths(server), ["GET /", "POST /v3/auth/tokens"]);
      assert.isEmpty(await server.foreignLog());
    },
  })),
  ...["v4-only", "no-versions", "nova"].map((shape) => ({
    name: `no login at ${shape}: the error tells what there is`,
    async run(env: Env) {
      const authUrl = faulty(env, `discovery-${shape}`).url;
      const session = createSession({ authUrl, auth: somebody, retry: 0 });
      const error = await failure(session.authenticate(), EndpointNotFoundError);
      const ids = (shapes[shape] ?? []).map(([id]) => id);
      assert.deepEqual(error.available, ids);
      const there = ids.length > 0 ? `only ${ids.join(", ")}` : "and lists none";
      assert.include(error.message, `has no version 3, ${there}`);
    },
  })),
  ...Object.entries(broken).map(([shape, type]) => ({
    name: `${shape} is no version document`,
    async run(env: Env) {
      const { url } = faulty(env, `discovery-${shape}`);
      assert.include((await failure(discover(url), type)).message, url);
      const session = createSession({ authUrl: url, auth: somebody, retry: 0 });
      // No credentials were sent: the address is wrong, not the password.
      const isRefusal = (type as unknown) === UnauthorizedError;
      await failure(session.authenticate(), isRefusal ? ResponseError : type);
      assert.deepEqual(session.state, { status: "unauthenticated" });
    },
  })),
  {
    name: "aborting discover() ends its request, too",
    async run({ keystone }) {
      const reason = new Error("the caller's own");
      const controller = new AbortController();
      let ended: unknown;
      const fetch: typeof globalThis.fetch = (_, init) =>
        new Promise((_, reject) => {
          init?.signal?.addEventListener("abort", () => {
            ended = init.signal?.reason;
            reject(ended);
          });
          controller.abort(reason);
        });
      const asked = discover(keystone, { signal: controller.signal, fetch });
      assert.strictEqual(await outcome(asked), reason);
      assert.strictEqual(ended, reason);
    },
  },
  {
    name: "all who need the address at once share one discovery; one who gives up ends only their own wait",
    async run(env) {
      const server = faulty(env, "discovery-single");
      const session = createSession({ authUrl: server.url, auth: somebody });
      const controller = new AbortController();
      const reason = new Error("had to go");
      const gone = outcome(session.endpoint("identity", { signal: controller.signal }));
      const others = [
        session.endpoint("identity"),
        session.service("identity"),
        session.token().catch(() => undefined),
      ];
      controller.abort(reason);
      assert.strictEqual(await gone, reason);
      await Promise.all(others);
      const asked = (await server.log()).filter(({ method }) => method === "GET");
      assert.lengthOf(asked, 1);
    },
  },
  {
    name: "a server that is down, or does not exist: the status, or a TransportError",
    async run(env) {
      const down = await failure(discover(faulty(env, "discovery-503").url), KeystoneError);
      assert.equal(down.status, 503);
      await failure(discover(env.closed), TransportError);
    },
  },
  {
    name: "the real Keystone's 300, and a version's own document",
    async run({ keystone }) {
      for (const url of [keystone, `${keystone}/`, `${keystone}/v3`, `${keystone}/v3/`]) {
        const [version, ...others] = await discover(url);
        assert.isEmpty(others);
        assert.deepInclude(version, { id: "v3.14", status: "stable", url: `${keystone}/v3` });
        assert.isNotEmpty(version?.["media-types"]);
      }
    },
  },
  {
    name: "the real Placement's document, whose link is empty",
    async run({ placement = "" }) {
      const [version] = await discover(placement);
      assert.deepInclude(version, { id: "v1.0", min_version: "1.0", url: placement });
    },
  },
];

export default cases;
