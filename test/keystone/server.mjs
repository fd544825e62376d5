import { copyFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const WSGI = fileURLToPath(new URL("wsgi.py", import.meta.url));

/** Our own requests say so, and are not recorded. */
export const OWN_HEADERS = { "User-Agent": "test-keystone" };

/**
 * Ports that are free now. All are held until the last is known, so that they differ.
 *
 * @param {number} count
 */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(servers.map((server) => listen(server, 0)));
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/**
 * Throws if someone listens on the port.
 *
 * @param {number} port
 */
export async function assertFree(port) {
  const server = createServer();
  await listen(server, port).catch((error) => {
    throw new Error(`Port ${port} cannot be used: ${error.message}`);
  });
  await new Promise((done) => server.close(done));
}

/**
 * @param {import("node:net").Server} server
 * @param {number} port
 * @returns {Promise<number>}
 */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/**
 * Starts Keystone or Placement on a port of 127.0.0.1 and waits until it answers.
 *
 * @param {import("./sandbox.mjs").Sandbox} sandbox
 * @param {{ service: "keystone" | "placement", port: number, requestLog: string }} options
 */
export async function startServer(sandbox, { service, port, requestLog }) {
  // gunicorn runs it in the sandbox, so that Python leaves no bytecode here.
  await copyFile(WSGI, join(sandbox.dir, "wsgi.py"));
  const args = [
    `--bind=127.0.0.1:${port}`,
    // One worker, for the cache in its memory; several threads, for it waits for the database.
    "--workers=1",
    "--worker-class=gthread",
    "--threads=8",
    "--keep-alive=30",
    "--timeout=120",
    "wsgi:application",
  ];
  const env = { SERVICE: service, REQUEST_LOG: requestLog };
  // SIGQUIT: at once; SIGTERM takes it two seconds.
  const server = sandbox.start(service, "/usr/bin/gunicorn", args, { env, signal: "SIGQUIT" });
  await sandbox.ready(server, async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      headers: OWN_HEADERS,
      // It takes connections before its worker is up.
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.status < 500;
  });
  return server;
}
