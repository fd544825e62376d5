/**
 * examples/worker in real workerd, as its wrangler.jsonc says, against the real Keystone and
 * Placement, and against a service that reports what reached it.
 */
import { proxied } from "../examples/worker-proxy.mjs";
import { routes } from "../examples/worker-routes.mjs";
import { troubled } from "../examples/worker-troubles.mjs";
import { startWorld } from "../examples/worker-world.mjs";

/** @type {import("../runners/gates.mjs").Gate} */
export default async function workerExample({ env }) {
  const world = await startWorld(env);
  try {
    return [...(await routes(world)), ...(await proxied(world)), ...(await troubled(world))];
  } finally {
    await world.stop();
  }
}
