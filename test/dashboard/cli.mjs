/**
 * The checks of the dashboard alone:
 *
 *     node test/dashboard/cli.mjs                    all
 *     node test/dashboard/cli.mjs --grep tabs        those with this in their name
 *     node test/dashboard/cli.mjs --pictures FOLDER  and a picture of each state
 *     node test/dashboard/cli.mjs --picture          no check: makes the picture in README.md again
 */
import { parseArgs } from "node:util";
import { accounts } from "../keystone/accounts.mjs";
import { startKeystone } from "../keystone/keystone.mjs";
import { freePort } from "../keystone/ports.mjs";
import { ensureBuilt } from "../runners/project.mjs";
import { report } from "../runners/report.mjs";
import { startControl } from "../server/control.mjs";
import { playAll } from "./play.mjs";

const { values } = parseArgs({
  options: { grep: { type: "string" }, pictures: { type: "string" }, picture: { type: "boolean" } },
});
const say = (/** @type {string} */ line) => console.log(line);

ensureBuilt(say);
const pagePort = await freePort();
const origins = [`http://localhost:${pagePort}`];
const servers = await Promise.all([
  startKeystone({ origins, onProgress: say }),
  process.env.KEYSTONE_URL ? undefined : startKeystone({ origins, expiration: 5 }),
  startControl({ requests: () => undefined }),
]);
const [keystone, shortLived, control] = servers;
const began = Date.now();
try {
  const env = {
    release: keystone.version,
    keystone: keystone.url,
    ...(shortLived && { shortLived: shortLived.url }),
    control: control.url,
    foreign: control.foreignUrl,
    closed: `http://127.0.0.1:${await freePort()}`,
    accounts,
  };
  const checks = await playAll({ say, env, pagePort }, values);
  const results = checks.map((check) => ({ group: "dashboard", ms: 0, ...check }));
  report({ name: "dashboard", version: "", results, seconds: (Date.now() - began) / 1000 }, say);
  process.exitCode = checks.every(({ ok }) => ok) ? 0 : 1;
} finally {
  await Promise.all(servers.map((server) => server?.stop()));
}
