import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const WSGI = fileURLToPath(new URL("wsgi.py", import.meta.url));

/** Marks our own requests, which are not recorded. */
export const OWN_HEADERS = { "User-Agent": "test-keystone" };

/**
 * Starts Keystone or Placement on a port of 127.0.0.1 and waits until it answers.
 *
 * @param {import("./sandbox.mjs").Sandbox} sandbox
 * @param {object} options
 * @param {string} options.gunicorn the program
 * @param {"keystone" | "placement"} options.service
 * @param {number} options.port
 * @param {string} options.requestLog
 */
export async function startServer(sandbox, { gunicorn, service, port, requestLog }) {
  // gunicorn runs it in the sandbox, so that Python leaves no bytecode here.
  await copyFile(WSGI, join(sandbox.dir, "wsgi.py"));
  const args = [
    `--bind=127.0.0.1:${port}`,
    // One worker, because of the cache in its memory; several threads, because it waits for the
    // database.
    "--workers=1",
    "--worker-class=gthread",
    "--threads=8",
    "--keep-alive=30",
    "--timeout=120",
    "wsgi:application",
  ];
  const env = { SERVICE: service, REQUEST_LOG: requestLog };
  const server = sandbox.start(service, gunicorn, args, env);
  const listens = `Listening at: http://127.0.0.1:${port} (${server.pid})`;
  await sandbox.ready(server, async () => {
    // Before that, somebody else might be answering there.
    if (!(await readFile(server.log, "utf8")).includes(listens)) return false;
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      headers: OWN_HEADERS,
      // It accepts connections before its worker is up.
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.status < 500;
  });
  return server;
}
