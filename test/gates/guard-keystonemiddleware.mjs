/** The guard side by side with the real keystonemiddleware: the same requests, the same answers. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { applicationCredential, createSession, password, revokeToken } from "keystone-fetch";
import { createGuard, identityHeaders } from "keystone-fetch/guard";
import { applicationCredentials, roles, trusts } from "keystone-fetch/identity";
import { checks } from "../examples/check.mjs";

const program = fileURLToPath(new URL("guard-keystonemiddleware.py", import.meta.url));
const service = "placement";

/** @typedef {import("keystone-fetch").Session} Session */
/** @typedef {Parameters<import("../runners/gates.mjs").Gate>[0]["env"]} Env */
/** @typedef {{ headers?: Record<string, string>, path?: string, method?: string }} Asked */

/** @type {import("../runners/gates.mjs").Gate} */
export default async function beside({ env, say }) {
  if (!env.shortLived) return [{ name: "needs a Keystone of short tokens", ok: true }];
  // Here tokens expire soon, for requests that need that; all others can take their time.
  const briefly = { ...env, keystone: env.shortLived };
  const briefAdmin = sessionOf(briefly, "admin", "admin");
  const role = await roles
    .find(briefAdmin, "service")
    .catch(() => roles.create(briefAdmin, { name: "service" }));
  const middleware = await startMiddleware([
    configuration(env, {}),
    configuration(env, { password: "wrong" }),
    configuration(env, { auth_url: env.closed, http_request_max_retries: "0" }),
    configuration(env, { service_token_roles_required: "false" }),
    configuration(env, { auth_url: env.shortLived }),
  ]);
  try {
    return await compare(env, briefly, middleware.ports, say);
  } finally {
    middleware.stop();
    await roles.delete(briefAdmin, role.id);
  }
}

/** @param {Env} env @param {Env} briefly @param {readonly number[]} ports @param {(line: string) => void} say */
async function compare(env, briefly, ports, say) {
  const admin = sessionOf(env, "admin", "admin");
  const keystone = `${env.keystone}/v3`;
  const auth = passwordOf(env, "placement");
  const wrong = password({ name: "placement", domain: { name: "Default" }, password: "wrong" });
  const options = { ttl: 0, accessRules: { service } };
  const scope = { project: { name: "service", domain: { name: "Default" } } };
  const guards = [
    { authUrl: keystone, auth, scope },
    { authUrl: keystone, auth: wrong, scope },
    { authUrl: `${env.closed}/v3`, auth, scope },
    { authUrl: keystone, auth, scope },
    { authUrl: `${briefly.keystone}/v3`, auth, scope },
  ].map((one) => createGuard({ session: createSession({ ...one, retry: 0 }), ...options }));

  /** @param {Asked} asked @param {number} [which] */
  const both = async ({ headers = {}, path = "/", method = "GET" }, which = 0) => {
    const url = `http://127.0.0.1:${ports[which]}${path}`;
    const theirs = await fetch(url, { method, headers });
    const ours = await guards[which].protect((_, token) =>
      Response.json(Object.fromEntries(identityHeaders(token))),
    )(new Request(url, { method, headers }));
    return { theirs: await read(theirs), ours: await read(ours) };
  };
  /** @param {number} status @param {Asked} asked @param {number} [which] */
  const same = async (status, asked, which) => {
    const { theirs, ours } = await both(asked, which);
    assert.deepEqual(ours, theirs);
    assert.equal(ours.status, status);
  };
  /** @param {Session} session */
  const by = async (session) => ({ "X-Auth-Token": (await session.token()).id });
  const demo = sessionOf(env, "demo");
  /** @param {import("keystone-fetch").Scope} scope @param {"demo" | "admin"} [who] */
  const scoped = async (scope, who = "demo") => by(sessionOf(env, who, undefined, scope));
  const forged = {
    "X-User-Id": "forged",
    "X-Roles": "admin",
    "X-Domain-Id": "forged",
    "X-Identity-Status": "Confirmed",
    "X-Tenant": "forged",
    "OpenStack-System-Scope": "all",
  };

  return checks({
    "no token": () => same(401, {}),
    "an empty token": () => same(401, { headers: { "X-Auth-Token": "" } }),
    "a malformed token": () => same(401, { headers: { "X-Auth-Token": "made-up" } }),
    "two tokens": () => same(401, { headers: { "X-Auth-Token": "one, two" } }),
    "forged headers without a token": () => same(401, { headers: forged }),
    "a project's token": async () => same(200, { headers: await by(demo) }),
    "X-Storage-Token": async () =>
      same(200, { headers: { "X-Storage-Token": (await demo.token()).id } }),
    "an unscoped token": async () => same(200, { headers: await scoped("unscoped") }),
    "a domain's token": async () =>
      same(200, { headers: await scoped({ domain: { name: "research" } }) }),
    "a system's token": async () =>
      same(200, { headers: await scoped({ system: "all" }, "admin") }),
    "forged headers with a token": async () =>
      same(200, { headers: { ...forged, ...(await by(demo)) } }),
    "a trust's token": async () => {
      const [trustor, trustee] = [await demo.token(), await sessionOf(env, "dora").token()];
      const trust = await trusts.create(demo, {
        trustor_user_id: trustor.user.id,
        trustee_user_id: trustee.user.id,
        project_id: trustor.scope.project?.id,
        impersonation: true,
        roles: [{ name: "member" }],
      });
      const session = sessionOf(env, "dora", undefined, { trust: { id: trust.id } });
      await same(200, { headers: await by(session) });
      await trusts.delete(demo, trust.id);
    },
    "a revoked token": async () => {
      const headers = await by(sessionOf(env, "demo"));
      await revokeToken(admin, headers["X-Auth-Token"]);
      await same(401, { headers });
    },
    "access rules": async () => {
      const { id: user } = (await demo.token()).user;
      const { id, secret } = await applicationCredentials.create(demo, user, {
        name: "guard",
        access_rules: [
          { service, method: "GET", path: "/a/{id}/*/c" },
          { service, method: "PUT", path: "/deep/**" },
          { service: "compute", method: "GET", path: "/other" },
          { service, method: "GET", path: "/v2.1" },
          { service, method: "GET", path: "/not%20es/*" },
          { service, method: "GET", path: "/no tes" },
        ],
      });
      const session = createSession({
        authUrl: keystone,
        auth: applicationCredential({ id, secret }),
      });
      for (const [status, method, path] of /** @type {const} */ ([
        [200, "GET", "/a/1/b/c"],
        [200, "GET", "/a/1/b/c?query=1"],
        [200, "PUT", "/deep/er/and/deeper"],
        [401, "POST", "/a/1/b/c"],
        [401, "GET", "/a/1/b/c/d"],
        [401, "GET", "/a//b/c"],
        [401, "PUT", "/deep"],
        [401, "GET", "/other"],
        [401, "GET", "/"],
        [200, "GET", "/%61/1/b/c"],
        [200, "GET", "/not%20es/%E6%97%A5"],
        [401, "GET", "/not%20es/1%2Fsecret"],
        [401, "GET", "/not%20es/..%2F..%2Fadmin"],
      ])) {
        await same(status, { headers: await by(session), method, path });
      }
      const differs = async (/** @type {Asked} */ asked, which = 0) => {
        const { theirs, ours } = await both(asked, which);
        assert.deepEqual([theirs.status, ours.status], [200, 401]);
      };
      await differs({ headers: await by(session), path: "/v2x1" });
      await differs({ headers: await by(session), path: "/a%2F1/b/c" });
      const spaced = await both({ headers: await by(session), path: "/no%20tes" });
      assert.deepEqual([spaced.theirs.status, spaced.ours.status], [401, 200]);
      // By default it takes any token for a service's, and then ignores access rules.
      const own = { ...(await by(session)), "X-Service-Token": (await demo.token()).id };
      await differs({ headers: own, path: "/other" }, 3);
      await applicationCredentials.delete(demo, user, id);
    },
    "an expired token, alone and beside a service's": async () => {
      const user = sessionOf(briefly, "demo");
      const servant = await serviceSession(briefly, sessionOf(briefly, "admin", "admin"));
      const { id, expiresAt } = await user.token();
      await sleep(expiresAt.getTime() - Date.now() + 1100);
      const expired = { "X-Auth-Token": id };
      /** Tokens expire soon here, so each request has new ones. @param {Session} session */
      const service = async (session) => ({ "X-Service-Token": (await session.token()).id });
      await same(401, { headers: expired }, 4);
      await same(200, { headers: { ...expired, ...(await service(servant)) } }, 4);
      await same(401, { headers: { ...expired, "X-Service-Token": "made-up" } }, 4);
      await same(401, { headers: { ...expired, ...(await service(user)) } }, 4);
      await same(401, { headers: { ...(await by(user)), ...(await service(user)) } }, 4);
      await same(401, { headers: await service(servant) }, 4);
    },
    "the real Placement lets in whom the guard lets in": async () => {
      const { url } = await demo.endpoint("placement");
      const revoked = await by(sessionOf(env, "demo"));
      await revokeToken(admin, revoked["X-Auth-Token"]);
      const path = "/resource_providers";
      for (const [isIn, asked] of /** @type {[boolean, Asked][]} */ ([
        [false, { path }],
        [false, { path, headers: { "X-Auth-Token": "made-up" } }],
        [false, { path, headers: forged }],
        [false, { path, headers: revoked }],
        [true, { path, headers: await by(demo) }],
        [true, { path, headers: await by(admin) }],
        [true, { path, headers: await scoped("unscoped") }],
        [true, { path, headers: await scoped({ system: "all" }, "admin") }],
        [true, { path, method: "POST", headers: await by(demo) }],
      ])) {
        const { method = "GET", headers = {} } = asked;
        const theirs = await fetch(`${url}${asked.path}`, { method, headers });
        await theirs.text();
        const { ours } = await both(asked);
        // Who is let in may still lack the role.
        assert.deepEqual([theirs.status !== 401, ours.status !== 401], [isIn, isIn]);
        // Placement's configuration names its Keystone without the version.
        const challenge = theirs.headers.get("WWW-Authenticate")?.replace(/"$/, '/v3"');
        if (!isIn) assert.equal(ours.challenge, challenge);
      }
    },
    "our own credentials are refused": async () => same(503, { headers: await by(demo) }, 1),
    "Keystone is away": async () => same(503, { headers: await by(demo) }, 2),
    "a 503 of ours says when to come again, theirs does not": async () => {
      const response = await guards[2].protect(() => new Response())(
        new Request("http://api.example", { headers: { "X-Auth-Token": "x" } }),
      );
      assert.equal(response.headers.get("Retry-After"), "10");
      say(`guard: 503 with Retry-After ${response.headers.get("Retry-After")}`);
    },
  });
}

/**
 * What has to be the same in both: everything but the text of an error, and headers that say nothing
 * about the caller.
 */
async function read(/** @type {Response} */ response) {
  const { status } = response;
  const challenge = response.headers.get("WWW-Authenticate");
  const text = await response.text();
  if (status === 401) return { status, challenge, body: JSON.parse(text) };
  if (status !== 200) return { status, challenge };
  const headers = Object.entries(JSON.parse(text))
    .filter(([name]) => /^(x-(?!service|auth|storage)|openstack-system)/.test(name))
    .map(([name, value]) => [
      name,
      /^x-roles?$/.test(name) ? value.split(",").sort().join() : value,
    ])
    .sort();
  return { status, headers: Object.fromEntries(headers) };
}

/** @param {Env} env @param {Record<string, string>} changes */
function configuration({ accounts, keystone }, changes) {
  const { placement } = accounts;
  return {
    auth_type: "password",
    auth_url: keystone,
    www_authenticate_uri: `${changes.auth_url ?? keystone}/v3`,
    username: placement.name,
    password: placement.password,
    user_domain_name: placement.domain,
    project_name: "service",
    project_domain_name: placement.domain,
    token_cache_time: "-1",
    service_type: service,
    service_token_roles: "service",
    service_token_roles_required: "true",
    ...changes,
  };
}

/** @param {readonly object[]} configurations */
async function startMiddleware(configurations) {
  const child = spawn("/usr/bin/python3", ["-B", program], {
    env: { PATH: "/usr/bin:/bin", LANG: "C.UTF-8", GUARDS: JSON.stringify(configurations) },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  const line = once(child.stdout.setEncoding("utf8"), "data").then(([text]) => String(text));
  const ended = once(child, "exit").then(() => Promise.reject(new Error(errors)));
  ended.catch(() => undefined);
  /** @type {number[]} */
  const ports = JSON.parse(await Promise.race([line, ended]));
  return { ports, stop: () => child.kill() };
}

/** @param {Env} env @param {keyof Env["accounts"]} who */
function passwordOf({ accounts }, who) {
  const { name, domain, password: secret } = accounts[who];
  return password({ name, domain: { name: domain }, password: secret });
}

/**
 * @param {Env} env @param {keyof Env["accounts"]} who @param {string} [project]
 * @param {import("keystone-fetch").Scope} [scope]
 */
function sessionOf(env, who, project = "web", scope = undefined) {
  return createSession({
    authUrl: `${env.keystone}/v3`,
    auth: passwordOf(env, who),
    scope: scope ?? { project: { name: project, domain: { name: "Default" } } },
  });
}

/**
 * A service's user, with the role that identifies services. @param {Env} env @param {Session} admin
 */
async function serviceSession(env, admin) {
  const session = sessionOf(env, "placement", "service");
  const { user, scope } = await session.token();
  const role = await roles.find(admin, "service");
  await roles.assign(admin, { role: role.id, user: user.id, project: scope.project?.id ?? "" });
  await session.authenticate();
  return session;
}
