import { expect } from "../expect.ts";
import { applicationCredentialRoutes } from "./application-credentials.ts";
import { authRoutes } from "./auth-routes.ts";
import { catalogRoutes } from "./catalog-routes.ts";
import { createControls, type TestKeystoneControls } from "./controls.ts";
import { createFaults, type FaultFilter, type FaultOptions } from "./faults.ts";
import { grantRoutes } from "./grants.ts";
import { groupRoutes } from "./groups.ts";
import { impliedRoleRoutes } from "./implied-roles.ts";
import { endpointsOf, readOptions, type TestKeystoneOptions } from "./options.ts";
import { problem } from "./problem.ts";
import { projectTagRoutes } from "./project-tags.ts";
import { projectRoutes } from "./projects.ts";
import { createRequestLog, type TestRequest } from "./request-log.ts";
import { replyOf, respond } from "./respond.ts";
import { roleAssignmentRoutes } from "./role-assignments.ts";
import { roleRoutes } from "./roles.ts";
import { dispatch, type Route } from "./router.ts";
import { seed } from "./seed.ts";
import { callService, serviceAt } from "./services.ts";
import { userRoutes } from "./users.ts";
import { versionRoutes } from "./versions.ts";
import { createWorld } from "./world.ts";

const routes: readonly Route[] = [
  ...versionRoutes,
  ...authRoutes,
  ...userRoutes,
  ...applicationCredentialRoutes,
  ...groupRoutes,
  ...projectRoutes,
  ...projectTagRoutes,
  ...roleRoutes,
  ...impliedRoleRoutes,
  ...roleAssignmentRoutes,
  ...grantRoutes,
  ...catalogRoutes,
];

/** A Keystone in memory: what a test needs to call it, and to control what happens. */
export interface TestKeystone extends TestKeystoneControls {
  /** Its address, as `authUrl` of a session. */
  readonly authUrl: string;
  /** fetch for its address and its services; throws for any other address. */
  readonly fetch: typeof globalThis.fetch;
  /** The requests that reached it and its services so far, oldest first. */
  readonly requests: readonly TestRequest[];
  /** Forgets the requests so far. */
  clearRequests(): void;
  /**
   * Makes the next requests fail: with that status, or as if the network were down. If the SDK retries
   * that status, such as 503, the test has to wait for it, unless the session has `retry: 0`.
   *
   * @throws {OptionsError} if the status is not that of an error.
   */
  failNext(status: number | "network", options?: FaultOptions): void;
  /**
   * Delays its answers by this many milliseconds from now on.
   *
   * @throws {OptionsError} for less than 0.
   */
  delay(ms: number, filter?: FaultFilter): void;
  /** Cancels every `failNext()` and `delay()`. */
  clearFaults(): void;
  /** Moves its clock on. A session goes by the local clock: see `expireTokens()`. */
  advance(seconds: number): void;
}

/**
 * Makes a Keystone in memory, to test what is built on this SDK: no server, no container, no network.
 * It has users, projects and roles, answers the Identity API like a real one (with the same statuses,
 * documents and headers: the same cases run against both), and does what a test tells it to: tokens
 * expire, passwords change, requests fail.
 *
 * Without options it has the domain Default, the project `demo`, and the user `demo`, who has the
 * password `secret` and the role `member` on that project; `keystone.options` are the options of a
 * session of that user.
 *
 * It answers logins (password, token, application credential, TOTP, receipts), the lists below
 * `/v3/auth`, and users, groups, projects with their tags, domains, roles and what they imply, grants,
 * role assignments, services, endpoints, regions and application credentials. Everything else is a 501
 * that names the route.
 *
 * A session measures the life of its token by the local clock, and so does not notice `advance()`,
 * which moves only the test Keystone's clock. Most tests want `expireTokens()`: the token is rejected
 * at its next use, and renewed. To test what happens on time, use your test runner's clock
 * (`vi.setSystemTime()`): session and Keystone both go by it.
 *
 * For another scope or store, spread the options: `{ ...keystone.options, scope: "unscoped" }`. For a
 * page, let MSW pass its requests to `keystone.fetch`.
 *
 * @throws {OptionsError} for an unknown option, and for a name that refers to nothing.
 * @see https://docs.openstack.org/api-ref/identity/v3/
 * @example
 * const keystone = createTestKeystone({
 *   projects: ["demo", "web"],
 *   services: [
 *     {
 *       type: "compute",
 *       url: "https://nova.test/v2.1",
 *       handler: (request, token) => Response.json({ servers: [{ name: `of ${token.user.name}` }] }),
 *     },
 *   ],
 * });
 * const session = createSession(keystone.options);
 * const compute = await session.service("compute");
 * await compute.get("servers").json();
 * keystone.expireTokens();
 * await compute.get("servers").json(); // after a new login
 * keystone.requests.filter(({ method }) => method === "POST").length; // 2 logins
 */
export function createTestKeystone(options: TestKeystoneOptions = {}): TestKeystone {
  const settings = readOptions(options);
  const { root, services, tokenLife } = settings;
  let ahead = 0;
  const world = createWorld(root, tokenLife, () => Date.now() + ahead);
  seed(world, settings);
  const faults = createFaults();
  const log = createRequestLog();

  async function answer(request: Request): Promise<Response> {
    const { method, url } = request;
    if (isBelow(root, url)) {
      const reply = await dispatch(world, routes, request).catch(replyOf);
      return respond(reply, method, root);
    }
    const service = serviceAt(services, url);
    if (!service) {
      const urls = services.flatMap((one) => endpointsOf(one, [""])).map((one) => one.url);
      const known = [root, ...urls].join(", ");
      throw new Error(`${method} ${url}: the test Keystone answers only for ${known}`);
    }
    return callService(world, service, request);
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const signal = init?.signal ?? request.signal;
    signal.throwIfAborted();
    const entry = log.add(request);
    const fault = await faults.meet(request, signal);
    if (fault?.status === "network") throw new TypeError("fetch failed: the test Keystone is down");
    const response = fault ? failure(fault.status, fault.retryAfter) : await answer(request);
    signal.throwIfAborted();
    entry.answered(response.status);
    return response;
  };

  function failure(status: number, retryAfter: number | undefined): Response {
    const headers = retryAfter === undefined ? undefined : { "Retry-After": `${retryAfter}` };
    const reply = replyOf(problem(status, `The test Keystone was told to fail with ${status}.`));
    return respond({ ...reply, headers }, "GET", root);
  }

  const controls = createControls(world, settings, fetch);
  return {
    ...controls,
    get options() {
      return controls.options;
    },
    authUrl: `${root}/v3`,
    fetch,
    get requests() {
      return log.all();
    },
    clearRequests: log.clear,
    failNext: (status, filter) => faults.fail(status, filter ?? {}),
    delay: (ms, filter) => faults.delay(ms, filter ?? {}),
    clearFaults: faults.clear,
    advance(seconds) {
      expect(Number.isFinite(seconds), "seconds", "a number");
      ahead += seconds * 1000;
    },
  };
}

function isBelow(root: string, url: string): boolean {
  const base = new URL(root);
  const target = new URL(url);
  const prefix = base.pathname.replace(/\/$/, "");
  return target.origin === base.origin && `${target.pathname}/`.startsWith(`${prefix}/`);
}
