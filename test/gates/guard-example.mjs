/** examples/guard as its README starts it: on node:http, with the variables of a service's user. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createSession, password } from "keystone-fetch";
import { checks } from "../examples/check.mjs";
import { rootDir } from "../runners/project.mjs";

/** @type {import("../runners/gates.mjs").Gate} */
export default async function example({ env }) {
  const server = await startServer(env);
  /** @param {"demo" | "admin"} who @param {string} project */
  const tokenOf = async (who, project) => {
    const { name, domain, password: secret } = env.accounts[who];
    const session = createSession({
      authUrl: `${env.keystone}/v3`,
      auth: password({ name, domain: { name: domain }, password: secret }),
      scope: { project: { name: project, domain: { name: domain } } },
    });
    return (await session.token()).id;
  };
  /** @param {string} path @param {string} [token] @param {RequestInit} [init] */
  const ask = (path, token, init = {}) =>
    fetch(`${server.url}${path}`, { ...init, headers: token ? { "X-Auth-Token": token } : {} });
  try {
    return await checks({
      "/health is open": async () => assert.equal((await ask("/health")).status, 200),
      "without a token the answer is 401, and says where tokens come from": async () => {
        for (const token of [undefined, "made-up"]) {
          const response = await ask("/me", token);
          assert.equal(response.status, 401);
          assert.equal(
            response.headers.get("WWW-Authenticate"),
            `Keystone uri="${env.keystone}/v3"`,
          );
        }
      },
      "/me tells who calls": async () => {
        const response = await ask("/me", await tokenOf("demo", "web"));
        const { user, project, roles } = await response.json();
        assert.deepEqual({ user, project }, { user: "demo", project: "web" });
        assert.ok(roles.includes("member"));
      },
      "what somebody may do is the API's own decision": async () => {
        const [demo, admin] = [await tokenOf("demo", "web"), await tokenOf("admin", "admin")];
        const init = { method: "DELETE", body: "for no reason" };
        assert.equal((await ask("/notes/1", demo, init)).status, 403);
        assert.equal((await ask("/notes/1", admin, init)).status, 204);
      },
      "a request that is none costs nobody the server": async () => {
        await ask("//", undefined).catch(() => undefined);
        assert.equal((await ask("/health")).status, 200);
      },
    });
  } finally {
    server.stop();
  }
}

/** @param {Parameters<import("../runners/gates.mjs").Gate>[0]["env"]} env */
async function startServer({ keystone, accounts }) {
  const { name, password: secret } = accounts.placement;
  const child = spawn(process.execPath, [join(rootDir, "examples/guard/server.mjs")], {
    env: {
      OS_AUTH_URL: `${keystone}/v3`,
      OS_USERNAME: name,
      OS_PASSWORD: secret,
      OS_PROJECT_NAME: "service",
      OS_USER_DOMAIN_NAME: "Default",
      OS_PROJECT_DOMAIN_NAME: "Default",
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit").then(() => Promise.reject(new Error("the server ended")));
  ended.catch(() => undefined);
  const [line] = await Promise.race([once(child.stdout, "data"), ended]);
  return { url: String(line).trim(), stop: () => child.kill() };
}
