/**
 * What the checks of examples/worker use: Workers, a service that reports what it saw, counts of
 * logins.
 */
import { Buffer } from "node:buffer";
import { createSession, password } from "keystone-fetch";
import { startUpstream } from "./upstream.mjs";
import { startWorkers } from "./worker.mjs";

/** @typedef {Parameters<import("../runners/gates.mjs").Gate>[0]["env"]} Env */
/** @typedef {Awaited<ReturnType<typeof startWorld>>} World */

const newKey = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64");

/** @param {Env} env */
export async function startWorld(env) {
  const { admin, demo } = env.accounts;
  const domain = { name: "Default" };
  const session = createSession({
    authUrl: `${env.keystone}/v3`,
    auth: password({ name: admin.name, domain, password: admin.password }),
    scope: { project: { name: "admin", domain } },
  });
  const credential = await createCredential(session);
  const upstream = await startUpstream();
  const ACCESS_TOKEN = crypto.randomUUID();
  const TOKENS_KEY = newKey();
  const robot = {
    OS_AUTH_URL: `${env.keystone}/v3`,
    OS_APPLICATION_CREDENTIAL_ID: credential.id,
    OS_APPLICATION_CREDENTIAL_SECRET: credential.secret,
    ACCESS_TOKEN,
    TOKENS_KEY,
  };
  const user = {
    OS_AUTH_URL: `${env.keystone}/v3`,
    OS_USERNAME: demo.name,
    OS_PASSWORD: demo.password,
    OS_PROJECT_NAME: "web",
    ACCESS_TOKEN,
    TOKENS_KEY,
  };
  const { OS_AUTH_URL: _url, ...nowhere } = robot;
  const { TOKENS_KEY: _key, ...keyless } = robot;
  const { ACCESS_TOKEN: _access, ...open } = robot;
  const workers = await startWorkers({
    robot,
    twin: robot,
    rotated: { ...robot, TOKENS_KEY: `${newKey()},${TOKENS_KEY}` },
    stranger: { ...robot, TOKENS_KEY: newKey() },
    user,
    recorded: { ...robot, OS_PLACEMENT_ENDPOINT_OVERRIDE: upstream.url },
    slow: { ...robot, OS_PLACEMENT_ENDPOINT_OVERRIDE: upstream.url, TOKENS_KEY: newKey() },
    silent: { ...robot, OS_PLACEMENT_ENDPOINT_OVERRIDE: env.closed },
    down: { ...robot, OS_AUTH_URL: `${env.closed}/v3` },
    page: { ...robot, OS_AUTH_URL: `${env.control}/html/${crypto.randomUUID()}/v3` },
    // With its own key, or it would find the others' token.
    wrong: {
      ...robot,
      OS_APPLICATION_CREDENTIAL_SECRET: "wr0ng-s3cret",
      TOKENS_KEY: newKey(),
    },
    nowhere,
    keyless,
    open,
  });
  /**
   * @param {string} worker @param {string} path
   * @param {RequestInit & { duplex?: "half" }} [init]
   */
  const ask = async (worker, path, { headers, ...init } = {}) => {
    const url = await workers.urlOf(worker);
    return fetch(`${url.origin}${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${ACCESS_TOKEN}`, ...headers },
      redirect: "manual",
    });
  };
  // It takes ten seconds, during which the others run; its login is over before any is counted.
  const begun = upstream.begins();
  const late = ask("slow", "/placement/resource_providers?hang");
  late.catch(() => {});
  await Promise.race([begun, late]);
  return {
    env,
    robot,
    workers,
    upstream,
    ask,
    /** The answer to a request that the service does not answer. */
    late,
    /** Nobody but their owner should see these. */
    secrets: [credential.secret, demo.password, ACCESS_TOKEN, TOKENS_KEY, "wr0ng-s3cret", "gAAAA"],
    /** How often somebody logged in while something was done. @param {() => unknown} work */
    async loginsDuring(work) {
      const before = await logins(env);
      await work();
      return (await logins(env)) - before;
    },
    async stop() {
      await Promise.all([workers.stop(), upstream.stop()]);
      await credential.remove();
    },
  };
}

/** @param {import("keystone-fetch").Session} session */
async function createCredential(session) {
  const { user } = await session.token();
  const keystone = await session.service("identity");
  const path = `users/${user.id}/application_credentials`;
  const json = { application_credential: { name: crypto.randomUUID() } };
  /** @type {{ application_credential: { id: string, secret: string } }} */
  const { application_credential: created } = await keystone.post(path, { json }).json();
  return { ...created, remove: () => keystone.delete(`${path}/${created.id}`) };
}

/** @param {Env} env */
async function logins({ control }) {
  /** @type {string[] | null} */
  const lines = await (await fetch(`${control}/requests`)).json();
  if (!lines) throw new Error("this Keystone does not tell what reached it");
  return lines.filter((line) => line === "POST keystone /v3/auth/tokens").length;
}
