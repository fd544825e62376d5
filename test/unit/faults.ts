/**
 * The fault server does what its names say, in every runtime: what the integration cases rest on.
 */
import { assert } from "chai";
import { type Case, type Env, pages } from "../case.ts";
import { type Faulty, faulty } from "../server/client.ts";

const password = { user: { name: "demo", domain: { id: "default" }, password: "secret-word" } };

const loginBody = (identity: object = { methods: ["password"], password }, scope?: object) =>
  JSON.stringify({ auth: { identity, ...(scope && { scope }) } });

const login = (server: Faulty, init: RequestInit = {}) =>
  fetch(`${server.url}/v3/auth/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: loginBody(),
    ...init,
  });

const ask = (url: string, token: string, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { "X-Auth-Token": token } });

/** Describes the outcome of a fetch as text, so that tables can list it. */
async function outcome(response: Promise<Response>): Promise<string> {
  try {
    const { status, headers } = await response;
    const text = await (await response).text();
    return `${status} ${headers.get("content-type")} ${text}`;
  } catch (error) {
    return `rejected ${error}`;
  }
}

/** How a login at each of these ends. */
const logins: Record<string, RegExp> = {
  ok: /^201 application\/json \{"token":\{"methods":\["password"\]/,
  html: /^200 text\/html/,
  html201: /^201 text\/html/,
  html404: /^404 text\/html/,
  empty: /^201 application\/json $/,
  half: /^201 application\/json \{"token":[^}]*.*[^}]$/,
  "json-other": /^201 application\/json \{"hello":1\}$/,
  "json-null": /^201 application\/json null$/,
  "no-zone": /"expires_at":"[\d-]+T[\d:]+"/,
  reset: /^rejected /,
  "reset-body": /^rejected /,
  late: /^201 /,
  "echo-secret": /^400 .*secret-word/,
  "empty-message": /^403 .*"message":""/,
  "password-expired": /^401 .*The password is expired/,
  mfa: /^401 .*"required_auth_methods":\[\["password","totp"\]\]/,
  413: /^413 text\/plain/,
  429: /^429 /,
  503: /^503 text\/html/,
  "redirect-307": /^201 /,
  "redirect-foreign-308": /^201 /,
  "v2-only": /^404 application\/json/,
  "no-such-fault": /^404 text\/html.*no fault called/s,
};

/** WebKitGTK treats a body that breaks off as a short one. */
const inWebKit: typeof logins = { ...logins, "reset-body": logins.half };

const cases: readonly Case[] = [
  ...Object.keys(logins).map((fault) => ({
    name: `a login at ${fault}`,
    async run(env: Env) {
      const expected = (env.runtime === "webkit" ? inWebKit : logins)[fault];
      assert.match(await outcome(login(faulty(env, fault))), expected);
    },
  })),
  {
    name: "a token of ok opens what a token opens, until it is revoked",
    async run(env) {
      const server = faulty(env, "ok");
      const response = await login(server);
      const token = response.headers.get("x-subject-token") ?? "";
      const { catalog } = (await response.json()).token;
      const compute = catalog.find(({ type }: { type: string }) => type === "compute");
      const projects = `${server.url}/v3/auth/projects`;
      assert.equal((await ask(projects, token)).status, 200);
      assert.equal((await ask(projects, "0a74-of-nobody")).status, 401);
      const echo = await ask(`${compute.endpoints[0].url}/servers?limit=1`, token);
      const { path, token: sent } = await echo.json();
      assert.deepEqual([path, sent], ["/v2.1/servers?limit=1", true]);
      const revoke = { "X-Auth-Token": token, "X-Subject-Token": token };
      const url = `${server.url}/v3/auth/tokens`;
      assert.equal((await fetch(url, { method: "DELETE", headers: revoke })).status, 204);
      assert.equal((await ask(projects, token)).status, 401);
    },
  },
  {
    name: "a fault can strike once, twice, or elsewhere",
    async run(env) {
      const statuses = async (fault: string, times: number) => {
        const server = faulty(env, fault);
        const seen = [];
        for (let i = 0; i < times; i++) seen.push((await login(server)).status);
        return seen;
      };
      assert.deepEqual(await statuses("503-once", 2), [503, 201]);
      assert.deepEqual(await statuses("503-twice", 3), [503, 503, 201]);
      assert.deepEqual(await statuses("500@projects", 1), [201]);
      const elsewhere = faulty(env, "500@projects");
      assert.equal((await fetch(`${elsewhere.url}/v3/auth/projects`)).status, 500);
    },
  },
  {
    name: "what hangs, hangs",
    async run(env) {
      for (const fault of ["slow-headers", "slow-body"]) {
        const text = await outcome(login(faulty(env, fault), { signal: AbortSignal.timeout(400) }));
        assert.match(text, /^rejected (TimeoutError|AbortError)/, fault);
      }
    },
  },
  {
    name: "a receipt and the other method complete a login with two methods",
    async run(env) {
      const server = faulty(env, "mfa");
      const first = await login(server);
      const receipt = first.headers.get("openstack-auth-receipt") ?? "";
      const totp = { methods: ["totp"], totp: { user: { id: "demo", passcode: "123456" } } };
      const headers = { "Content-Type": "application/json", "Openstack-Auth-Receipt": receipt };
      const second = await login(server, { headers, body: loginBody(totp) });
      assert.equal(second.status, 201);
      const wrong = { methods: ["totp"], totp: { user: { id: "demo", passcode: "654321" } } };
      assert.equal((await login(server, { headers, body: loginBody(wrong) })).status, 401);
    },
  },
  {
    name: "the log tells what reached which origin",
    async run(env) {
      const server = faulty(env, "redirect-foreign-307");
      await login(server);
      const [own] = await server.log();
      assert.deepInclude(own, {
        method: "POST",
        path: "/v3/auth/tokens",
        fault: "redirect-foreign-307",
      });
      const [foreign] = await server.foreignLog();
      assert.deepInclude(foreign, { method: "POST", fault: "ok", length: loginBody().length });
      assert.include(foreign?.body, "secret-word");
    },
  },
  {
    name: "service-401-once refuses one token for good",
    async run(env) {
      const url = `${faulty(env, "service-401-once").url}/things`;
      const seen = [];
      for (const token of ["a", "a", "b", "a"]) seen.push((await ask(url, token)).status);
      assert.deepEqual(seen, [401, 401, 200, 401]);
    },
  },
  {
    name: "discovery documents have the shapes they are named by",
    async run(env) {
      const shape = async (name: string) => {
        const response = await fetch(`${faulty(env, `discovery-${name}`).url}/`);
        return [response.status, await response.json()];
      };
      assert.nestedPropertyVal(await shape("values-300"), "[1].versions.values[0].id", "v3.14");
      assert.nestedPropertyVal(await shape("list-200"), "[1].versions[0].id", "v3.14");
      assert.nestedPropertyVal(await shape("single"), "[1].version.id", "v3.14");
      assert.nestedPropertyVal(await shape("bare"), "[1].id", "v3.14");
      const internal = "http://internal.example:5000/v3/";
      const href = "[1].versions.values[0].links[0].href";
      assert.nestedPropertyVal(await shape("internal-href"), href, internal);
      assert.nestedPropertyVal(await shape("empty-href"), href, "");
    },
  },
  {
    name: "a page may read and send what Keystone's defaults let it, and no more",
    only: pages,
    async run(env) {
      const ok = faulty(env, "ok");
      const token = (await login(ok)).headers.get("x-subject-token");
      assert.isString(token);
      const hidden = await login(faulty(env, "hidden-subject-token"));
      assert.deepEqual([hidden.status, hidden.headers.get("x-subject-token")], [201, null]);
      assert.isNull((await login(faulty(env, "429"))).headers.get("retry-after"));
      assert.match(await outcome(login(faulty(env, "no-cors"))), /^rejected TypeError/);
      const head = ask(`${ok.url}/v3/auth/projects`, token ?? "", { method: "HEAD" });
      assert.match(await outcome(head), /^rejected TypeError/);
      const authorization = fetch(`${ok.url}/v3`, { headers: { Authorization: "Bearer x" } });
      assert.match(await outcome(authorization), /^rejected TypeError/);
    },
  },
  {
    name: "nobody listens at the closed address",
    async run(env) {
      assert.match(await outcome(fetch(env.closed)), /^rejected /);
    },
  },
];

export default cases;
