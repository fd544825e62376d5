/** `npm test`: see HELP in runners/options.mjs. */
import { programsOf } from "./keystone/programs.mjs";
import { releases } from "./keystone/releases.mjs";
import { handOver, runBeside } from "./runners/beside.mjs";
import { caseFiles } from "./runners/bundle.mjs";
import { stopAll } from "./runners/children.mjs";
import { forgetCoverage, readCoverage } from "./runners/coverage.mjs";
import { browsers, engines } from "./runners/engines.mjs";
import { gateFiles, runGates, runTypeTests } from "./runners/gates.mjs";
import { stopWhenInterrupted, unlessInterrupted } from "./runners/interrupt.mjs";
import { installMissing } from "./runners/missing.mjs";
import { readOptions } from "./runners/options.mjs";
import { isUnit, plan } from "./runners/plan.mjs";
import { ensureBuilt } from "./runners/project.mjs";
import { failure } from "./runners/records.mjs";
import { report, table } from "./runners/report.mjs";
import { leaveOut, runEngine } from "./runners/run-engine.mjs";
import { runRelease } from "./runners/run-release.mjs";
import { watchProject } from "./runners/watch.mjs";
import { startWorld, stopWorlds } from "./runners/world.mjs";

/**
 * @typedef {import("./runners/report.mjs").Row} Row
 * @typedef {import("./runners/world.mjs").World} World
 */

const say = (/** @type {string} */ line) => console.log(line);
const options = readOptions(say);
stopWhenInterrupted(stopEverything, say);

async function stopEverything() {
  await stopWorlds();
  await stopAll();
}

const chosen = chooseEngines();
const gates = chooseGates();

function chooseEngines() {
  if (options.part === "browsers") return browsers;
  // In the whole run, the browsers are a part of their own.
  if (options.gates) return engines.filter((engine) => !browsers.includes(engine));
  return options.everyEngine ? engines : options.engines;
}

function chooseGates() {
  if (options.part === "browsers") return gateFiles("browsers");
  if (options.gate !== undefined) return [`${options.gate}.mjs`];
  return options.gates ? gateFiles("others") : [];
}

/** Builds the package if necessary, and finds out which cases are to run. */
async function prepare() {
  const found = caseFiles(options.unit ? ["unit"] : ["unit", "cases"]);
  const files = options.files.length > 0 ? options.files : found;
  if (gates.length > 0 || !files.every(isUnit)) ensureBuilt(say);
  const runtimes = [...new Set(chosen.map((engine) => engine.runtime))];
  const planned = await plan(files, runtimes, options.grep);
  if (chosen.length > 0 && [...planned.files.values()].flat().length === 0) {
    throw new Error(`${chosen.map(({ name }) => name).join(", ")}: there is no such case`);
  }
  // What gates need can't be known in advance.
  return gates.length > 0 ? { ...planned, keystone: true, shortLived: true } : planned;
}

/**
 * All engines that were chosen, one after another.
 * @param {World} world
 * @param {import("./runners/plan.mjs").Plan} planned
 * @param {ReadonlyMap<import("./runners/engines.mjs").Engine, string>} obstacles why some can't
 */
async function runEngines(world, planned, obstacles) {
  /** @type {Row[]} */
  const rows = [];
  for (const engine of chosen) {
    const why = obstacles.get(engine);
    const files = planned.files.get(engine.runtime) ?? [];
    if (options.coverage) forgetCoverage();
    const row =
      why === undefined
        ? await runEngine(engine, { world, files, options, say })
        : leaveOut(engine, why, options);
    if (options.coverage && engine.runtime === "node") row.coverage = await readCoverage();
    await unlessInterrupted();
    report(row, say, options.slowest);
    rows.push(row);
  }
  return rows;
}

/** @returns {Promise<Row[]>} */
async function runAll() {
  if (options.part === "standalone") return runStandalone();
  if (options.part === "releases") return runReleases();
  const planned = await prepare();
  const began = Date.now();
  // At the same time: packages take long to download, and a Keystone takes long to prepare.
  const [world, obstacles] = await Promise.all([
    startWorld(options.release, planned, say),
    installMissing(options.gates ? engines : chosen, say),
    // A release that can't be fetched fails where it is needed.
    ...otherReleases().map((release) => programsOf(release, say).catch(() => undefined)),
  ]);
  say(`ready after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  const beside = options.gates ? runAllBeside() : [];
  const rows = await runEngines(world, planned, obstacles);
  if (gates.length > 0) {
    const name = options.part === undefined ? "gates" : `gates, ${options.part}`;
    const row = await runGates({ say, ...world }, gates, name);
    report(row, say);
    rows.push(row);
  }
  if (options.watch) await runAgain(world, planned, obstacles);
  await world.stop();
  return [...rows, ...(await beside)];
}

/** One engine and the one Keystone that it asks leave a good part of two cores idle. */
async function runAllBeside() {
  const rows = await Promise.all([runBeside("browsers", { say }), runTheRest()]);
  return rows.flat();
}

/** What neither the engines nor the browsers have to wait for. */
async function runTheRest() {
  const rows = await runBeside("standalone", { say, niceness: 10 });
  if (options.everyRelease) rows.push(...(await runBeside("releases", { say })));
  return rows;
}

const otherReleases = () =>
  options.everyRelease ? releases.filter((one) => one !== options.release) : [];

async function runReleases() {
  ensureBuilt(say);
  const planned = await plan(caseFiles(["unit", "cases"]), ["node"], "");
  const rows = [];
  for (const release of otherReleases()) {
    rows.push(await runRelease(release, planned, { options, say }));
  }
  return rows;
}

async function runStandalone() {
  ensureBuilt(say);
  // These gates need nothing of it.
  const context = /** @type {import("./runners/gates.mjs").Context} */ ({ say });
  const rows = [
    await runGates(context, gateFiles("standalone"), "gates, standalone"),
    await runTypeTests(),
  ];
  for (const row of rows) report(row, say);
  return rows;
}

/**
 * Runs again after each change, and never ends.
 * @param {World} world
 * @param {import("./runners/plan.mjs").Plan} planned
 * @param {ReadonlyMap<import("./runners/engines.mjs").Engine, string>} obstacles
 */
async function runAgain(world, planned, obstacles) {
  const changed = watchProject();
  let [running, had] = [world, planned];
  for (;;) {
    say("\nwaiting for a change …");
    await changed();
    try {
      const now = await prepare();
      if ((now.keystone && !had.keystone) || (now.shortLived && !had.shortLived)) {
        await running.stop();
        running = await startWorld(options.release, now, say);
        had = now;
      }
      say(table(await runEngines(running, now, obstacles)));
    } catch (error) {
      await unlessInterrupted();
      say(String(error));
    }
  }
}

const rows = await runAll().catch(async (error) => {
  await unlessInterrupted();
  const results = [failure("harness", error.stack ?? String(error))];
  const row = { name: "harness", version: "", results, seconds: 0 };
  report(row, say);
  return [row];
});
await stopEverything();
if (options.rows !== undefined) {
  handOver(options.rows, rows);
  process.exit(0);
}
say(table(rows));
const results = rows.flatMap((row) => row.results);
const failed = results.filter((result) => !result.ok).length;
const second = results.filter(({ ok, firstError }) => ok && firstError).length;
if (second > 0) say(`${second} passed at the second try only: see SECOND TRY above`);
say(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
