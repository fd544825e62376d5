/** examples/federation against the real provider and the real Keystone. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { check } from "../examples/check.mjs";
import { rootDir } from "../runners/project.mjs";
import { approve } from "./approve.mjs";
import { browsers } from "./browsers.mjs";
import { servePage } from "./example-page.mjs";
import { startWorker } from "./example-worker.mjs";
import { clients, federation, people } from "./people.mjs";
import { isWanted } from "./wanted.mjs";
import { atEdge, onPage } from "./web-sso.mjs";

const { identityProvider, protocol, domain } = federation;

/**
 * @param {import("./federation.mjs").Federation} world
 * @param {{ pagePort: number, workerPort: number, say: (line: string) => void }} options
 */
export async function examples({ url, issuer }, { pagePort, workerPort, say }) {
  const authUrl = `${url}/v3`;
  const page = await servePage(pagePort, {
    authUrl,
    identityProvider,
    protocol,
    issuer,
    clientId: clients.page.id,
  });
  const worker = await startWorker(workerPort, {
    AUTH_URL: authUrl,
    IDENTITY_PROVIDER: identityProvider,
    PROTOCOL: protocol,
    PROJECT: federation.projects[0],
    PROJECT_DOMAIN: domain,
    ISSUER: issuer,
    CLIENT_ID: clients.robot.id,
    CLIENT_SECRET: clients.robot.secret,
  });
  try {
    const done = [
      await check("a Worker logs in by client credentials", async () => {
        const response = await fetch(`${worker.url}/robot`);
        assert.deepEqual(await response.json(), { user: "robot", roles: ["reader"] });
      }),
      await check("a Deno script logs in by the device flow", () => deviceFlow(authUrl, issuer)),
    ];
    for (const browser of browsers.filter(({ name }) => isWanted(name))) {
      const began = Date.now();
      const world = {
        page: `http://localhost:${pagePort}`,
        posted: page.posted,
        worker: worker.url,
        keystone: url,
        stranger: issuer,
        strangersToken: () => localToken(authUrl),
      };
      const results = await inBrowser(browser, world);
      done.push(...results.map((one) => ({ ...one, name: `${browser.name}: ${one.name}` })));
      say(`WebSSO in ${browser.name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
    return done;
  } finally {
    await Promise.all([page.stop(), worker.stop()]);
  }
}

/** @param {import("./browsers.mjs").Browser} browser @param {import("./web-sso.mjs").World} world */
async function inBrowser({ name, open }, world) {
  const { window, close } = await open();
  try {
    const done = await onPage(window, world);
    // WebKit keeps a Secure cookie only with TLS, even on localhost.
    if (name !== "webkit") done.push(...(await atEdge(window, world)));
    return done;
  } finally {
    await close();
  }
}

/** What an attacker has: a token of their own. @param {string} authUrl */
export async function localToken(authUrl) {
  const user = { name: "carol", domain: { id: "default" }, password: "carol-local" };
  const identity = { methods: ["password"], password: { user } };
  const response = await fetch(`${authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ auth: { identity } }),
  });
  await response.arrayBuffer();
  return response.headers.get("X-Subject-Token") ?? "";
}

/** The script prints a code; a person then enters it on another device. @param {string} authUrl @param {string} issuer */
async function deviceFlow(authUrl, issuer) {
  const deno = join(rootDir, "node_modules/deno/deno");
  const hosts = [authUrl, issuer].map((url) => new URL(url).host).join(",");
  const script = "examples/federation/deno/projects.ts";
  const args = ["run", "--no-prompt", `--allow-net=${hosts}`, "--allow-env", script];
  const child = spawn(deno, args, {
    cwd: rootDir,
    env: {
      DENO_DIR: join(rootDir, ".cache/deno"),
      DENO_NO_UPDATE_CHECK: "1",
      NO_COLOR: "1",
      OS_AUTH_URL: authUrl,
      OS_IDENTITY_PROVIDER: identityProvider,
      OS_PROTOCOL: protocol,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: clients.device.id,
    },
  });
  let output = "";
  let errors = "";
  /** @type {Promise<string> | undefined} */
  let approved;
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => {
    errors += data;
    const [, uri, code] = /Open (\S+) and enter the code (\S+)/.exec(errors) ?? [];
    if (code) approved ??= approve(`${uri}?user_code=${code}`, "alice", people.alice.password);
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(code, 0, errors);
  await approved;
  assert.deepEqual(output.trim().split("\n").sort(), [...federation.projects].sort());
  assert.doesNotMatch(output + errors, /eyJ|gAAAA/);
}
