/** One client logs in and calls: which one, the second argument says. Its twin is clients.py. */
import { createRequire } from "node:module";
import { user } from "./documents.mjs";
import { createClient } from "./hand-written.mjs";

const [url = "", name = "", folder = ""] = process.argv.slice(2);
const authUrl = `${url}/v3`;
const scope = { project: { name: "web", domain: user.domain } };

/** Imported by those alone who use it. */
async function session() {
  const { createSession, password } = await import("keystone-fetch");
  return createSession({ authUrl, auth: password(user), scope });
}

/** @type {Record<string, () => Promise<() => Promise<unknown>>>} */
const clients = {
  "session.fetch": async () => {
    const { endpoint, fetch } = await session();
    const { url } = await endpoint("compute");
    return async () => (await fetch(`${url}/servers`)).json();
  },
  "service()": async () => {
    const nova = await (await session()).service("compute");
    return () => nova.get("servers").json();
  },
  "hand-written": async () => {
    const call = createClient(authUrl, user, scope);
    return () => call("compute", "/servers");
  },
  pkgcloud: async () => {
    const pkgcloud = createRequire(`${folder}/`)("pkgcloud");
    const client = pkgcloud.compute.createClient({
      provider: "openstack",
      keystoneAuthVersion: "v3",
      authUrl: url,
      username: user.name,
      password: user.password,
      domainName: user.domain.name,
      tenantName: "web",
      projectDomainName: user.domain.name,
      region: "region-0",
    });
    return () =>
      new Promise((resolve, reject) => {
        /** @param {unknown} error @param {unknown} servers */
        const done = (error, servers) => (error ? reject(error) : resolve(servers));
        client.getServers(done);
      });
  },
};

/** @param {string} step */
function tell(step) {
  const { user, system } = process.cpuUsage();
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ step, cpu: (user + system) / 1000, peak }));
}

const call = await clients[name]();
await call();
tell("first");
for (const count of [200, 2000]) {
  for (let i = 0; i < count; i++) await call();
  tell(String(count));
}
