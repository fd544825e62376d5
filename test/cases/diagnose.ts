/** `diagnose()` against a real server in each of the conditions that it tells apart. */
import { assert } from "chai";
import { type Diagnosis, diagnose, OptionsError } from "keystone-fetch";
import { type Case, type Env, isPage } from "../case.ts";
import { failure, secret } from "../fixtures/failures.ts";

type Found = Partial<Diagnosis>;

/** A server of test/server/diagnose-conditions.mjs, a path there, and what is found: elsewhere, in a page. */
type Row = readonly [at: string, path: string, elsewhere: Found, page?: Found];

const ok: Found = { code: "ok" };
const unreachable: Found = { code: "unreachable", certain: false };
const hidden: Found = { code: "cors-origin", certain: false };

const rows: readonly Row[] = [
  ...["", "/", "/v3", "/v3/", "/v2.0"].map((path): Row => ["healthy", path, ok]),
  ["identity", "/identity", ok],
  ["identity", "/identity/v3", ok],

  ["no-cors", "", ok, hidden],
  ["no-cors", "/v3", ok, hidden],
  ["no-auth-token", "/v3", ok, { code: "cors-headers", headers: ["X-Auth-Token"] }],
  [
    "no-token-headers",
    "/v3",
    ok,
    {
      code: "cors-headers",
      headers: ["X-Auth-Token", "X-Subject-Token", "Openstack-Auth-Receipt"],
    },
  ],
  ["no-receipt", "/v3", ok, { code: "cors-headers", headers: ["Openstack-Auth-Receipt"] }],
  ["no-content-type", "/v3", ok, { code: "cors-headers", headers: ["Content-Type"] }],
  ["no-post", "/v3", ok, { code: "cors-method", method: "POST" }],
  ["no-delete", "/v3", ok, { code: "cors-method", method: "DELETE" }],
  ["not-exposed", "/v3", ok, { code: "cors-expose", certain: false }],

  ["console", "", { code: "web-page", status: 200 }],
  ["console", "/v3", { code: "web-page", status: 200 }],
  ["console-without-cors", "", { code: "web-page", status: 200 }, hidden],
  ["redirect-to-console", "", { code: "redirect", status: 302 }, { code: "redirect" }],
  ["redirect-away", "/v3", { code: "redirect", status: 301 }, { code: "redirect" }],
  ["missing", "/v3", { code: "not-keystone", status: 404 }],
  ["other-json", "", { code: "not-keystone", status: 200 }],
  ["cinder", "", { code: "not-keystone", status: 300 }],
  ["nova", "/", { code: "not-keystone", status: 200 }],
  ...["", "/v2.0", "/v3"].map((path): Row => ["v2", path, { code: "v2-only", status: 200 }]),

  ["down", "/v3", { code: "unavailable", status: 503 }],
  ["busy", "/v3", { code: "unavailable", status: 429 }],
  ["login-fails", "/v3", { code: "unavailable", status: 502 }],
  [
    "login-fails-without-cors",
    "/v3",
    { code: "unavailable", status: 502 },
    { code: "unavailable" },
  ],
  ["login-forbidden", "/v3", { code: "web-page", status: 403 }],
  ["login-missing", "/v3", { code: "not-keystone", status: 404 }],
  ["login-redirected", "/v3", { code: "redirect", status: 302 }, { code: "redirect" }],
  ["clock-ahead", "/v3", { code: "clock", clockOffset: 86_400 }, ok],
  ["clock-behind-exposed", "/v3", { code: "clock", clockOffset: -3_600 }],
  ["clock-half-a-minute-ahead", "/v3", ok],
];

/** Where Identity v3 is found at another path. */
const moved: readonly (readonly [at: string, path: string, found: string, page?: Found])[] = [
  ["identity", "", "/identity/v3"],
  ["identity", "/v3", "/identity/v3"],
  ["identity", "/identity/keystone/v3", "/identity/v3"],
  ["keystone", "", "/keystone/v3"],
  ["keystone", "/identity/v3", "/keystone/v3"],
  ["healthy", "/identity/v3", "/v3"],
  ["healthy", "/dashboard", "/v3"],
  ["console-and-identity", "/", "/identity/v3"],
  ["hidden-console-and-identity", "/v3", "/identity/v3"],
  ["moved", "/v3", "/cloud/keystone/v3", { code: "redirect" }],
  ["moved", "", "/cloud/keystone/v3", { code: "redirect" }],
];

const at = ({ diagnose: servers }: Env, name: string): string => {
  const url = servers?.[name];
  assert.isDefined(url, name);
  return url ?? "";
};

/**
 * Checks that this is the diagnosis, that it is frozen, and that nothing was sent that could be a
 * credential.
 */
async function assertFinds(env: Env, url: string, expected: Found, timeout?: number) {
  const found = await diagnose(url, { timeout });
  const { clockOffset = 0, ...rest } = expected;
  assert.deepInclude(found, rest, found.message);
  assert.closeTo(found.clockOffset ?? 0, clockOffset, 3);
  assert.equal(found.ok, found.code === "ok");
  assert.isFrozen(found);
  assert.match(found.message, /^[A-Z\d].{20,}[.]$/);
  assert.deepEqual(JSON.parse(JSON.stringify(found)), { ...found });
  assertAdvises(env, found);
  await assertHarmless(env, url);
  return found;
}

/** What test/server/diagnose.mjs logs of a request. */
interface Logged {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly secrets: readonly string[];
}

/** Checks that the requests so far could have come from anybody. */
async function assertHarmless({ diagnose: servers = {} }: Env, url: string): Promise<void> {
  const { origin } = new URL(url);
  if (!origin.startsWith("http:") || !Object.values(servers).includes(origin)) return;
  const log: Logged[] = await (await fetch(`${origin}/log`)).json();
  assert.isNotEmpty(log);
  for (const { method, path, body, secrets } of log) {
    assert.isEmpty(secrets);
    assert.include(["", "{}"], body);
    if (method !== "GET") assert.match(`${method} ${path}`, /^(POST|DELETE) .*\/v3\/auth\/tokens$/);
  }
}

/** The setting that repairs each CORS code. */
function assertAdvises({ runtime }: Env, { code, setting, headers }: Diagnosis): void {
  const origin = isPage({ runtime } as Env) ? globalThis.origin : "";
  if (code === "cors-origin") assert.equal(setting, `[cors] allowed_origin = ${origin}`);
  if (code === "cors-method") assert.match(setting ?? "", /^\[cors\] allow_methods = .*DELETE/);
  if (code === "cors-expose") {
    assert.match(setting ?? "", /^\[cors\] expose_headers = .*X-Subject-Token/);
  }
  if (code !== "cors-headers") return;
  assert.isFrozen(headers);
  for (const name of headers ?? []) {
    // Only a proxy can refuse Content-Type: Keystone allows it.
    if (name !== "Content-Type") assert.include(setting, name);
  }
}

const cases: readonly Case[] = [
  ...rows.map(([name, path, elsewhere, page = elsewhere]) => ({
    name: `diagnose() of "${path}" at a server that is ${name}: ${elsewhere.code}, in a page ${page.code}`,
    async run(env: Env) {
      await assertFinds(env, `${at(env, name)}${path}`, isPage(env) ? page : elsewhere);
    },
  })),
  ...moved.map(([name, path, found, page]) => ({
    name: `diagnose() of "${path}" at a server that is ${name}: Identity v3 is at ${found}`,
    async run(env: Env) {
      const authUrl = `${at(env, name)}${found}`;
      const expected = (isPage(env) && page) || { code: "other-path", authUrl };
      const { message } = await assertFinds(env, `${at(env, name)}${path}`, expected);
      if (expected.code === "other-path") assert.include(message, authUrl);
    },
  })),
  {
    name: "diagnose() of the real Keystone: ok, with CORS as it is by default",
    async run(env) {
      for (const path of ["", "/v3"]) await assertFinds(env, `${env.keystone}${path}`, ok);
    },
  },
  {
    name: "diagnose() of the real Keystone: an empty login is refused with 400, an empty revocation with 401",
    async run(env) {
      const statuses: number[] = [];
      const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
        const response = await globalThis.fetch(input, init);
        statuses.push(response.status);
        return response;
      };
      await diagnose(`${env.keystone}/v3`, { fetch });
      assert.deepEqual(statuses, isPage(env) ? [200, 400, 200, 401] : [200, 400]);
    },
  },
  {
    name: "diagnose() of the real Placement: not Keystone",
    async run(env) {
      if (env.placement) await assertFinds(env, env.placement, { code: "not-keystone" });
    },
  },
  {
    name: "diagnose() where nothing listens: refused, in a page unreachable",
    async run(env) {
      const elsewhere = env.runtime === "workerd" ? unreachable : { code: "refused" as const };
      await assertFinds(env, env.closed, isPage(env) ? unreachable : elsewhere);
    },
  },
  {
    name: "diagnose() of a host that does not exist: dns, in a page unreachable",
    // Deno may connect to the servers of the suite only.
    only: ["node", "bun", "edge", "workerd", "chromium", "firefox", "webkit"],
    async run(env) {
      const told = env.runtime === "node" || env.runtime === "bun" || env.runtime === "edge";
      await assertFinds(env, "http://nowhere.invalid", told ? { code: "dns" } : unreachable);
    },
  },
  {
    name: "diagnose() in Deno without the permission to connect: blocked",
    only: ["deno"],
    async run(env) {
      const { message } = await assertFinds(env, "http://nowhere.invalid", { code: "blocked" });
      assert.include(message, "--allow-net");
    },
  },
  {
    name: "diagnose() of a certificate that nobody trusts: tls, in a page unreachable",
    async run(env) {
      const told = !isPage(env) && env.runtime !== "workerd";
      await assertFinds(env, at(env, "tls"), told ? { code: "tls" } : unreachable);
    },
  },
  {
    name: "diagnose() by https of a port that speaks http: tls",
    async run(env) {
      const url = at(env, "healthy").replace("http:", "https:");
      const { code, message } = await diagnose(url);
      if (env.runtime === "workerd") return assert.equal(code, "unreachable");
      // Bun sometimes says only that the connection was closed.
      assert.include(env.runtime === "bun" ? ["tls", "reset"] : ["tls"], code);
      return assert.match(message, /speaks (plain )?http/);
    },
  },
  {
    name: "diagnose() by http of a port that speaks https, and of a server that drops connections",
    async run(env) {
      const told = !isPage(env) && env.runtime !== "workerd";
      const expected: Found = told ? { code: "reset" } : unreachable;
      await assertFinds(env, at(env, "tls").replace("https:", "http:"), expected);
      await assertFinds(env, at(env, "dropping"), expected);
    },
  },
  {
    name: "diagnose() of a Keystone that drops logins: dropped, in a page unavailable",
    async run(env) {
      const elsewhere: Found = env.runtime === "workerd" ? unreachable : { code: "reset" };
      const inPage: Found = { code: "unavailable", certain: false };
      await assertFinds(env, `${at(env, "login-dropped")}/v3`, isPage(env) ? inPage : elsewhere);
    },
  },
  {
    name: "diagnose() of a server that does not answer, or not to the end: timeout",
    async run(env) {
      await assertFinds(env, at(env, "silent"), { code: "timeout" }, 300);
      await assertFinds(env, at(env, "stalled"), { code: "timeout" }, 300);
    },
  },
  {
    name: "diagnose() with the caller's own fetch: it gets (url, init), and only what a healthy Keystone needs",
    async run(env) {
      const url = `${at(env, "healthy")}/v3`;
      const asked: string[] = [];
      const fetch = (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
        const { method = "GET", credentials, redirect, headers } = init;
        assert.deepInclude({ credentials, redirect }, { credentials: "omit", redirect: "manual" });
        assert.instanceOf(init.signal, AbortSignal);
        const names = Object.keys(headers ?? {}).join(", ");
        asked.push([method, String(input).slice(url.length), names].filter(Boolean).join(" "));
        assert.isString(input);
        return globalThis.fetch(input, init);
      };
      assert.equal((await diagnose(new URL(url), { fetch })).code, "ok");
      const inPages = [
        "GET X-Auth-Token, X-Subject-Token, Openstack-Auth-Receipt",
        "DELETE /auth/tokens X-Auth-Token, X-Subject-Token",
      ];
      const everywhere = ["GET", "POST /auth/tokens Content-Type"];
      assert.deepEqual(asked, isPage(env) ? [...everywhere, ...inPages] : everywhere);
    },
  },
  {
    name: "diagnose() by http of a Keystone that is served by https: found there",
    async run(env) {
      const healthy = at(env, "healthy");
      // As if that server spoke https, with a certificate that is trusted.
      const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
        const { protocol, host, pathname } = new URL(String(input));
        assert.equal(host, "cloud.example:5000");
        if (protocol === "http:") {
          throw new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
        }
        return globalThis.fetch(`${healthy}${pathname}`, init);
      };
      const found = await diagnose("http://cloud.example:5000/v3", { fetch });
      assert.equal(found.code, "other-path", found.message);
      assert.equal(found.authUrl, "https://cloud.example:5000/v3");
    },
  },
  {
    name: "diagnose() with a fetch that ignores its signal: timeout",
    async run() {
      const fetch = (): Promise<Response> => new Promise(() => {});
      const found = await diagnose("http://127.0.0.1", { fetch, timeout: 50 });
      assert.equal(found.code, "timeout");
    },
  },
  {
    name: "diagnose() aborted by its caller, before and meanwhile: rejects with the reason",
    async run(env) {
      const reason = new Error("enough");
      const controller = new AbortController();
      const given = diagnose(at(env, "silent"), { signal: controller.signal });
      setTimeout(() => controller.abort(reason), 50);
      assert.equal(await given.catch((error) => error), reason);
      const after = diagnose(at(env, "healthy"), { signal: controller.signal });
      assert.equal(await after.catch((error) => error), reason);
    },
  },
  {
    name: "diagnose() of an invalid address, or with an invalid timeout: OptionsError",
    async run(env) {
      for (const url of ["", "cloud.example", "ftp://x/", `http://u:${secret}@x/`, "http://x/?a"]) {
        const { message } = await failure(diagnose(url), OptionsError);
        assert.match(message, /^authUrl: expected /);
        assert.notInclude(message, secret);
      }
      for (const timeout of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        const call = diagnose(at(env, "healthy"), { timeout });
        assert.match((await failure(call, OptionsError)).message, /^timeout: expected /);
      }
    },
  },
];

export default cases;
