import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { ADMIN } from "./accounts.mjs";
import { login } from "./api.mjs";
import { catalogSql } from "./catalog.mjs";
import { configureKeystone, createKeys, ORIGINS } from "./config.mjs";
import { database } from "./database.mjs";
import { existingKeystone } from "./existing.mjs";
import { configurePlacement } from "./placement.mjs";
import { assertFree, freePort } from "./ports.mjs";
import { prepare } from "./prepare.mjs";
import { programsOf } from "./programs.mjs";
import { step } from "./progress.mjs";
import { releaseOf } from "./releases.mjs";
import { Sandbox } from "./sandbox.mjs";
import { OWN_HEADERS, startServer } from "./server.mjs";
import { snapshotExists, snapshotPath, useSnapshot } from "./snapshot.mjs";

/**
 * @typedef {object} Options
 * @property {string} [release] OpenStack's name of it, as in releases.mjs; "zed"
 * @property {readonly string[]} [origins] the pages that CORS lets in; `["*"]` is all
 * @property {number} [expiration] a token's life in seconds; 3600
 * @property {number} [port] Keystone's; a free one
 * @property {number} [passwordHashRounds] of passwords set from now on; 4 (a cloud has 12)
 * @property {import("./config.mjs").Settings} [settings] more of keystone.conf, by section
 * @property {string} [requestLog] the file in which to record requests; by default one that is removed
 * with the rest
 * @property {import("./progress.mjs").Progress} [onProgress] called with what takes longer than a
 * second
 */

/**
 * @typedef {object} TestKeystone
 * @property {boolean} own whether we started it; false with KEYSTONE_URL
 * @property {number} version Keystone's major version: 22 is Zed's
 * @property {string | undefined} moved how its packages differ from the release's pin; undefined if
 *   they don't
 * @property {string} url its root, without version and trailing slash
 * @property {string | undefined} placementUrl
 * @property {import("./api.mjs").Admin} admin
 * @property {string | undefined} dir where it runs, with the servers' logs; undefined if not own
 * @property {string | undefined} requestLog the file of the requests; undefined if not own
 * @property {() => string[] | undefined} requests what clients have sent to the two servers so far,
 *   as "POST keystone /v3/auth/tokens", with the query, preflights included; undefined if not own
 * @property {((sql: string) => Promise<unknown>) | undefined} sql runs SQL in Keystone's own database;
 *   undefined if not own
 * @property {() => Promise<void>} restart stops Keystone and starts it on the same port and data
 * @property {() => Promise<void>} rotateKeysAway the same with new keys: no old token is valid
 * @property {() => Promise<void>} stop ends everything and removes its files
 */

/**
 * Starts a Keystone and a Placement of their own, on free ports of this machine, with the accounts in
 * accounts.mjs; installs what they need. With KEYSTONE_URL in the environment, it uses that Keystone.
 *
 * @param {Options} [options]
 * @returns {Promise<TestKeystone>}
 */
export async function startKeystone(options = {}) {
  const { onProgress } = options;
  const existing = await existingKeystone(onProgress);
  if (existing !== undefined) return existing;

  const release = releaseOf(options.release);
  const programs = await programsOf(release, onProgress);
  const snapshot = await snapshotPath(release, programs);
  if (!(await snapshotExists(snapshot))) await prepare(release, programs, snapshot, onProgress);
  return Sandbox.use((sandbox) => run(sandbox, { release, programs, snapshot }, options));
}

/**
 * @param {Sandbox} sandbox
 * @param {object} what
 * @param {import("./releases.mjs").Release} what.release
 * @param {import("./programs.mjs").Programs} what.programs
 * @param {string} what.snapshot
 * @param {Options} options
 * @returns {Promise<TestKeystone>}
 */
async function run(sandbox, { release, programs, snapshot }, options) {
  const { dir } = sandbox;
  const { onProgress, requestLog = join(dir, "requests.log"), origins = ORIGINS } = options;
  if (options.port !== undefined) await assertFree(options.port);
  const port = options.port ?? (await freePort());
  const placementPort = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const placementUrl = `http://127.0.0.1:${placementPort}`;

  const db = database(dir);
  await useSnapshot(snapshot, dir);
  await rm(requestLog, { force: true });
  await createKeys(dir);
  await configureKeystone(dir, { ...options, release, origins, connection: db.url });
  await configurePlacement(dir, { keystoneUrl: url, origins });

  const { gunicorn } = programs;
  const startKeystoneServer = () =>
    startServer(sandbox, { gunicorn, service: "keystone", port, requestLog });
  let [keystone] = await step(onProgress, "Starting Keystone and Placement", async () => {
    // None of these needs another until the first request with a token.
    const servers = await Promise.all([
      startKeystoneServer(),
      startServer(sandbox, { gunicorn, service: "placement", port: placementPort, requestLog }),
      db.start(sandbox, catalogSql({ identity: url, placement: placementUrl })),
    ]);
    await warmUp(url, placementUrl);
    return servers;
  });

  const restart = () =>
    step(onProgress, "Restarting Keystone", async () => {
      await keystone.end();
      keystone = await startKeystoneServer();
    });
  /** @type {Promise<void> | undefined} */
  let stopped;
  return {
    own: true,
    version: release.keystone,
    moved: programs.moved,
    url,
    placementUrl,
    admin: ADMIN,
    dir,
    requestLog,
    requests: () => readFileSync(requestLog, "utf8").split("\n").filter(Boolean),
    sql: (sql) => db.execute(sandbox, sql),
    restart,
    rotateKeysAway: async () => {
      await createKeys(dir, ["fernet", "receipt"]);
      // A running Keystone would go on accepting the tokens in its cache.
      await restart();
    },
    stop: () => (stopped ??= sandbox.close()),
  };
}

/**
 * The first call to each server takes ten times as long as the next. It also shows that they work.
 *
 * @param {string} url
 * @param {string} placementUrl
 */
async function warmUp(url, placementUrl, tries = 5) {
  const token = await login(url, ADMIN);
  const headers = { ...OWN_HEADERS, "X-Auth-Token": token };
  const response = await fetch(`${placementUrl}/resource_providers`, { headers });
  const text = await response.text();
  // On a busy machine, a token of five seconds may have expired by then.
  if (response.status === 401 && tries > 1) return warmUp(url, placementUrl, tries - 1);
  if (!response.ok) throw new Error(`Placement answers ${response.status}: ${text}`);
}
