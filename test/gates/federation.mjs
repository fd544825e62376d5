/**
 * Every other way to log in, against a real federated Keystone: its cases in every engine, WebSSO in
 * three browsers, keystoneauth's logins beside ours, and the examples.
 * FEDERATION_ENGINES=node,chromium restricts the engines and browsers to these.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { play } from "../dashboard/play.mjs";
import { provider, webSsoChecks } from "../dashboard/web-sso.mjs";
import { check } from "../examples/check.mjs";
import { examples, localToken } from "../federation/examples.mjs";
import { startFederation } from "../federation/federation.mjs";
import { peers } from "../federation/peers.mjs";
import { people } from "../federation/people.mjs";
import { isWanted } from "../federation/wanted.mjs";
import { freePort } from "../keystone/ports.mjs";
import { engines } from "../runners/engines.mjs";
import { rootDir } from "../runners/project.mjs";

const folder = join(rootDir, "test/federation/cases");

/** @type {import("../runners/gates.mjs").Gate} */
export default async function federation({ say, env, pagePort }) {
  if (process.env.KEYSTONE_URL) {
    return [{ name: "left out: KEYSTONE_URL names a Keystone that cannot be federated", ok: true }];
  }
  const page = `http://localhost:${pagePort}`;
  const workerPort = await freePort();
  const worker = `http://localhost:${workerPort}`;
  const began = Date.now();
  const world = await startFederation({
    origins: [page],
    dashboards: [`${page}/websso`, `${worker}/auth/websso`],
    onProgress: say,
  });
  say(`federated Keystone: ready after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  try {
    const { url: keystone, introspecting, issuer } = world;
    const federated = { ...env, federation: { keystone, introspecting, issuer } };
    return [
      ...(await inEngines(federated, pagePort, say)),
      ...(await peers(world)),
      ...(await examples(world, { pagePort, workerPort, say })),
      ...(await inDashboard(world, { say, env: { ...env, keystone }, pagePort })),
      await check("the provider met nothing that it could not do", () => {
        if (world.provider.failures.length > 0) throw new Error(world.provider.failures.join("\n"));
      }),
    ];
  } finally {
    await world.stop();
  }
}

/**
 * @param {import("../federation/federation.mjs").Federation} world
 * @param {import("../runners/gates.mjs").Context} context
 */
async function inDashboard({ url, issuer }, context) {
  if (!isWanted("chromium")) return [];
  const checks = webSsoChecks({
    person: { name: "alice", password: people.alice.password },
    stranger: issuer,
    strangersToken: () => localToken(`${url}/v3`),
  });
  return play(checks, context, { providers: [provider] });
}

/**
 * @param {import("../runners/gates.mjs").Context["env"]} env @param {number} pagePort
 * @param {(line: string) => void} say
 */
async function inEngines(env, pagePort, say) {
  const files = readdirSync(folder).map((file) => join(folder, file));
  /** @type {import("../runners/gates.mjs").Check[]} */
  const checks = [];
  for (const { name, runtime, run } of engines) {
    if (!isWanted(name)) continue;
    // The file for a CDN holds only the core.
    if (name === "cdn") continue;
    const limits = { grep: "", timeout: 60_000, inspect: false, coverage: false };
    const options = { files, ...limits, pagePort, say };
    const results = await run({ ...env, engine: name, runtime }, options);
    say(`federation in ${name}: ${results.length} cases`);
    for (const result of results) {
      checks.push({ ...result, name: `${name}: ${result.group}: ${result.name}` });
    }
    if (results.length === 0) checks.push({ name: `${name}: ran`, ok: false, error: "no results" });
  }
  return checks;
}
