import { createServer } from "node:net";

/**
 * The port of the first of the origins that is free on this machine, otherwise any free one: a page
 * there may talk to Keystone once its CORS settings name it.
 *
 * @param {readonly string[]} origins
 */
export async function dashboardPort(origins) {
  for (const port of [...origins.map((origin) => Number(new URL(origin).port)), 0]) {
    const free = await listen(port);
    if (free) return free;
  }
  throw new Error("There is no free port on this machine.");
}

/**
 * @param {number} port
 * @returns {Promise<number | undefined>} undefined if something else listens there
 */
function listen(port) {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined));
    server.listen(port, "localhost", () => {
      const { port: got } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(got));
    });
  });
}
