/** Free ports, for servers that must know their address before they listen. */
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Outside the range from which systems assign ports, so that nobody gets one of these by accident
 * before its server listens.
 */
const FIRST = 20_000;
const LAST = 29_999;

/** The ports that this process has given away. @type {Set<number>} */
const given = new Set();

/** @returns {Promise<number>} a port of 127.0.0.1 that nobody listens on */
export async function freePort() {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(FIRST, LAST + 1);
    if (given.has(port) || (await obstacle(port)) !== undefined) continue;
    given.add(port);
    return port;
  }
  throw new Error(`There is no free port from ${FIRST} to ${LAST}`);
}

/**
 * Throws if no server can listen on the port.
 *
 * @param {number} port
 */
export async function assertFree(port) {
  const why = await obstacle(port);
  if (why !== undefined) throw new Error(`Port ${port} cannot be used: ${why.message}`);
}

/**
 * @param {number} port
 * @returns {Promise<Error | undefined>} why no server can listen on it
 */
function obstacle(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(undefined)));
  });
}
