/**
 * `npm test`: the one suite in every engine, against a real Keystone, then the gates and the type
 * tests.
 *
 *     node test/run.mjs                       everything
 *     node test/run.mjs node chromium         these engines (engines.mjs), without gates
 *     node test/run.mjs --grep "expired"      only cases whose "group: name" contains the text
 *     node test/run.mjs node --unit           only test/unit, for which no Keystone is started
 *     node test/run.mjs --no-gates            every engine, without gates
 *     node test/run.mjs --gate deno-example   this gate alone
 *     node test/run.mjs node --gate identity  these engines, then this gate alone
 *     node test/run.mjs --timeout 5000        ms that one case may take
 *     node test/run.mjs --slowest 10          tells as many cases of each engine that took longest
 */
import { parseArgs } from "node:util";
import { accounts } from "./keystone/accounts.mjs";
import { caseFiles } from "./runners/bundle.mjs";
import { stopAll } from "./runners/children.mjs";
import { engines } from "./runners/engines.mjs";
import { runGates, runTypeTests } from "./runners/gates.mjs";
import { installMissing } from "./runners/missing.mjs";
import { freePort } from "./runners/ports.mjs";
import { ensureBuilt } from "./runners/project.mjs";
import { failure } from "./runners/records.mjs";
import { report, table } from "./runners/report.mjs";
import { startControl } from "./server/control.mjs";

const { values: flags, positionals: named } = parseArgs({
  allowPositionals: true,
  options: {
    grep: { type: "string", default: "" },
    timeout: { type: "string", default: "30000" },
    slowest: { type: "string", default: "0" },
    unit: { type: "boolean", default: false },
    "no-gates": { type: "boolean", default: false },
    gate: { type: "string" },
  },
});
const { grep = "", unit = false } = flags;
const timeout = Number(flags.timeout);

/** @param {string} line */
const say = (line) => console.log(line);

/** What has to be stopped at the end, the last first. @type {Array<() => unknown>} */
const stops = [stopAll];

async function stopEverything() {
  for (const stop of stops.splice(0).reverse()) {
    await Promise.resolve()
      .then(stop)
      .catch((error) => say(`while stopping: ${error}`));
  }
}

let interrupted = false;

/**
 * Where the run goes on only if nobody interrupted it: what was stopped looks like a failure
 * otherwise.
 * @template T
 * @param {T} value
 * @returns {T | Promise<never>}
 */
const unlessInterrupted = (value) => (interrupted ? new Promise(() => {}) : value);

for (const [name, code] of /** @type {const} */ ([
  ["SIGINT", 130],
  ["SIGTERM", 143],
])) {
  process.once(name, async () => {
    interrupted = true;
    say(`\n${name}: stopping …`);
    await stopEverything();
    process.exit(code);
  });
}

/**
 * The real Keystones, the control server and all that a case is told; without Keystone for unit
 * cases alone.
 */
async function startWorld() {
  const pagePort = await freePort();
  const [keystone, shortLived] = unit ? [] : await startKeystones([`http://localhost:${pagePort}`]);
  const control = await startControl({ requests: () => keystone?.requests(), shortLived });
  stops.push(() => control.stop());
  const env = {
    keystone: keystone?.url ?? control.url,
    ...(keystone?.placementUrl && { placement: keystone.placementUrl }),
    ...(shortLived && { shortLived: shortLived.url }),
    control: control.url,
    controls: control.urls,
    foreign: control.foreignUrl,
    closed: `http://127.0.0.1:${await freePort()}`,
    accounts,
  };
  return { env, pagePort, sql: keystone?.sql };
}

/**
 * The real Keystone and, unless it is one that exists, a second one: its tokens live for five
 * seconds, and cases may restart it.
 * @param {readonly string[]} origins of the pages that Keystone's CORS settings have to allow
 */
async function startKeystones(origins) {
  const { startKeystone } = await import("./keystone/keystone.mjs");
  /** @param {import("./keystone/keystone.mjs").Options} options */
  const start = async (options) => {
    const keystone = await startKeystone({ origins, ...options });
    stops.push(() => keystone.stop());
    return keystone;
  };
  return Promise.all([
    start({ onProgress: say }),
    process.env.KEYSTONE_URL
      ? undefined
      : // What a role was taken from would otherwise stay valid until its end.
        start({ expiration: 5, settings: { token: { caching: false, cache_on_issue: false } } }),
  ]);
}

/**
 * @param {import("./runners/engines.mjs").Engine} engine
 * @param {Awaited<ReturnType<typeof startWorld>>} world
 * @param {readonly string[]} files
 * @param {string} [why] it can't run
 * @returns {Promise<import("./runners/report.mjs").Row>}
 */
async function runEngine(engine, { env, pagePort }, files, why) {
  const { name } = engine;
  const began = Date.now();
  // An engine that was asked for by name, or that CI ought to have, may not be left out in silence.
  if (why && (process.env.CI || named.includes(name))) {
    return { name, version: "", results: [failure(name, why)], seconds: 0 };
  }
  if (why) return { name, version: "", results: [], seconds: 0, notRun: why };
  const version = engine.version();
  say(`${name} ${version} …`);
  const options = { files, grep, timeout, pagePort, say };
  const results = await engine
    .run({ ...env, engine: name, runtime: engine.runtime }, options)
    .catch((error) => [failure(name, error.stack ?? String(error))]);
  if (results.length === 0 && grep === "") results.push(failure(name, "it gave no results"));
  return { name, version, results, seconds: (Date.now() - began) / 1000 };
}

/** @returns {Promise<import("./runners/report.mjs").Row[]>} */
async function runAll() {
  const unknown = named.find((name) => !engines.some((engine) => engine.name === name));
  if (unknown !== undefined) throw new Error(`there is no engine called "${unknown}"`);
  // A gate alone needs no engine, unless one is named whose run it is about.
  const all = named.length === 0 && !flags.gate;
  const chosen = engines.filter(({ name }) => all || named.includes(name));
  const files = caseFiles(unit ? ["unit"] : ["unit", "cases"]);

  if (!unit) ensureBuilt(say);
  const began = Date.now();
  // At once: a package takes long to come, and so does a Keystone to be prepared.
  const [world, obstacles] = await Promise.all([startWorld(), installMissing(chosen, say)]);
  say(`ready after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  /** @type {import("./runners/report.mjs").Row[]} */
  const rows = [];
  for (const engine of chosen) {
    const row = await unlessInterrupted(
      await runEngine(engine, world, files, obstacles.get(engine)),
    );
    report(row, say, Number(flags.slowest));
    rows.push(row);
  }
  if (grep !== "" && rows.every((row) => row.results.length === 0)) {
    throw new Error(`no case matches "${grep}"`);
  }
  if (flags.gate) {
    const row = await runGates({ say, ...world }, `${flags.gate}.mjs`);
    report(row, say);
    rows.push(row);
  } else if (!flags["no-gates"] && !unit && grep === "" && named.length === 0) {
    for (const row of [await runGates({ say, ...world }), await runTypeTests()]) {
      report(row, say);
      rows.push(row);
    }
  }
  return rows;
}

const rows = await runAll().catch(async (error) => {
  await unlessInterrupted(undefined);
  const results = [failure("harness", error.stack ?? String(error))];
  const row = { name: "harness", version: "", results, seconds: 0 };
  report(row, say);
  return [row];
});
await stopEverything();
say(table(rows));
const results = rows.flatMap((row) => row.results);
const failed = results.filter((result) => !result.ok).length;
say(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
