/** Free ports, for what must know its address before it listens. */
import { createServer } from "node:net";

/** @returns {Promise<number>} a port on loopback that nobody listens on at the moment */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
