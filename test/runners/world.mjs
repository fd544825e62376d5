/** The servers that cases talk to: the real Keystones, and the control server with the faults. */
import { accounts } from "../keystone/accounts.mjs";
import { startKeystone } from "../keystone/keystone.mjs";
import { freePort } from "../keystone/ports.mjs";
import { startControl } from "../server/control.mjs";
import { startDiagnose } from "../server/diagnose.mjs";
import { startV2Server } from "../server/v2-server.mjs";

/**
 * @typedef {object} Needs
 * @property {boolean} keystone the real one
 * @property {boolean} shortLived a second one: its tokens live for five seconds, and cases may
 *   restart it
 */

/**
 * @typedef {object} World
 * @property {Omit<import("../case.ts").Env, "engine" | "runtime">} env what a case is told
 * @property {number} pagePort the port on localhost whose origin Keystone's CORS settings allow
 * @property {(sql: string) => Promise<unknown>} [sql] for the real Keystone's database, if it is ours
 * @property {() => Promise<void>} stop
 */

/** Functions that stop the running worlds. @type {Set<() => Promise<void>>} */
const running = new Set();

/** Ends all that run. */
export async function stopWorlds() {
  await Promise.all([...running].map((stop) => stop()));
}

/**
 * @param {import("../keystone/releases.mjs").Release} release
 * @param {Needs} needs
 * @param {(line: string) => void} say
 * @returns {Promise<World>}
 */
export async function startWorld(release, needs, say) {
  const pagePort = await freePort();
  /** What has to be stopped at the end. @type {Array<() => unknown>} */
  const stops = [];
  const stop = async () => {
    running.delete(stop);
    const ended = await Promise.allSettled(stops.splice(0).map((end) => end()));
    for (const one of ended) if (one.status === "rejected") say(`while stopping: ${one.reason}`);
  };
  running.add(stop);
  /** @param {import("../keystone/keystone.mjs").Options} options */
  const start = async (options) => {
    const origins = [`http://localhost:${pagePort}`];
    const keystone = await startKeystone({ release: release.name, origins, ...options });
    stops.push(keystone.stop);
    return keystone;
  };
  const ours = !process.env.KEYSTONE_URL;
  try {
    const [keystone, shortLived] = await Promise.all([
      needs.keystone ? start({ onProgress: say }) : undefined,
      needs.shortLived && ours
        ? // A token whose role was taken away would otherwise stay valid until it expires.
          start({ expiration: 5, settings: { token: { caching: false, cache_on_issue: false } } })
        : undefined,
    ]);
    const control = await startControl({ requests: () => keystone?.requests(), shortLived });
    stops.push(control.stop);
    const v2 = await startV2Server();
    stops.push(() => v2.stop());
    const diagnose = await startDiagnose();
    stops.push(() => diagnose.stop());
    if (keystone?.moved) say(keystone.moved);
    return {
      env: {
        release: keystone?.version ?? release.keystone,
        keystone: keystone?.url ?? control.url,
        ...(keystone?.placementUrl && { placement: keystone.placementUrl }),
        ...(shortLived && { shortLived: shortLived.url }),
        control: control.url,
        controls: control.urls,
        v2: { identity: v2.identity, network: v2.network },
        foreign: control.foreignUrl,
        diagnose: diagnose.urls,
        closed: `http://127.0.0.1:${await freePort()}`,
        accounts,
      },
      pagePort,
      sql: keystone?.sql,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
