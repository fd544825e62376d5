/**
 * A service that is http in the catalog, and now redirects to https: with real TLS, in the runtimes
 * that can be told to trust our certificate. The token follows to the same host, and nowhere else.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createSocket } from "node:net";
import { join } from "node:path";
import { rootDir } from "../runners/project.mjs";
import { certificate } from "../server/diagnose-certificate.mjs";

/** Logs in at the real Keystone and calls the service; writes what came of each call. */
const program = `
import { createSession, password } from "keystone-fetch";
const [keystone, service, name, domain, secret] = JSON.parse(process.argv.at(-1));
const session = createSession({
  authUrl: keystone + "/v3",
  auth: password({ name, domain: { name: domain }, password: secret }),
  endpointOverrides: { compute: service },
  retry: 0,
});
const client = await session.service("compute");
const calls = [
  () => client.get("upgrade/servers").json(),
  () => client.post("upgrade/servers", { json: { name: "web" } }).json(),
  () => client.get("other-port/servers").json(),
  () => client.get("other-host/servers").json(),
];
const outcomes = [];
for (const call of calls) outcomes.push(await call().catch((error) => error.code + " " + error.message));
console.log(JSON.stringify(outcomes));
`;

/** @type {Record<string, string[]>} */
const runtimes = {
  node: [process.execPath],
  deno: [join(rootDir, "node_modules/.bin/deno"), "run", "--allow-all"],
  bun: [join(rootDir, "node_modules/.bin/bun"), "run"],
};

/** @type {import("../runners/gates.mjs").Gate} */
export default async function redirectTls({ env }) {
  const folder = await mkdtemp(join(rootDir, ".cache/redirect-tls-"));
  const tls = await certificate();
  const service = await startService(tls);
  try {
    const file = join(folder, "cert.pem");
    await writeFile(file, tls.cert);
    const script = join(folder, "calls.mjs");
    await writeFile(script, program);
    const { name, domain, password } = env.accounts.demo;
    const args = JSON.stringify([env.keystone, service.url, name, domain, password]);
    const checks = [];
    for (const [runtime, command] of Object.entries(runtimes)) {
      service.log.length = 0;
      const outcomes = await run([...command, script, args], file);
      checks.push(check(runtime, outcomes, service.log));
    }
    return checks;
  } finally {
    service.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} runtime @param {any} outcomes @param {readonly string[]} log */
function check(runtime, outcomes, log) {
  const [got, posted, ...refused] = outcomes;
  const ok =
    got.method === "GET" &&
    got.token &&
    posted.method === "POST" &&
    posted.body === '{"name":"web"}' &&
    posted.token &&
    refused.length === 2 &&
    refused.every((/** @type {string} */ one) => one.startsWith("UntrustedOrigin ")) &&
    log.length === 2;
  const name = `${runtime}: http leads to https of the same host, and to no other`;
  return { name, ok, error: JSON.stringify({ outcomes, log }) };
}

/**
 * One port for both, as with a proxy that redirects by scheme: a first byte of 0x16 begins a TLS
 * handshake.
 *
 * @param {{ key: Buffer, cert: Buffer }} tls
 */
async function startService(tls) {
  /** What arrived over https. @type {string[]} */
  const log = [];
  const secure = createTlsServer(tls, async (request, response) => {
    log.push(`${request.method} ${request.url}`);
    let body = "";
    for await (const chunk of request) body += chunk;
    const token = Boolean(request.headers["x-auth-token"]);
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ method: request.method, body, token }));
  });
  const plain = createServer((request, response) => {
    const { host = "", port } = new URL(url);
    /** @type {Record<string, string>} */
    const targets = { upgrade: host, "other-port": `localhost:${Number(port) + 1}` };
    const target = targets[request.url?.split("/")[1] ?? ""] ?? `127.0.0.1:${port}`;
    request.resume();
    response.writeHead(308, { Location: `https://${target}${request.url}` }).end();
  });
  const front = createSocket((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", (first) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === 0x16 ? secure : plain).emit("connection", socket);
      process.nextTick(() => socket.resume());
    });
  });
  await new Promise((resolve) => front.listen(0, "localhost", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (front.address());
  const url = `http://localhost:${port}`;
  return { url, log, stop: () => front.close() };
}

/** @param {readonly string[]} command @param {string} certificateFile @returns {Promise<any>} */
async function run([command = "", ...args], certificateFile) {
  const trust = { NODE_EXTRA_CA_CERTS: certificateFile, DENO_CERT: certificateFile };
  const child = spawn(command, args, { cwd: rootDir, env: { ...process.env, ...trust } });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${errors}`);
  return JSON.parse(output);
}
