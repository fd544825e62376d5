/** What `npm test` takes on its command line. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { releaseOf, releases } from "../keystone/releases.mjs";
import { engines } from "./engines.mjs";

const names = engines.map((engine) => engine.name).join(" ");
const known = releases.map((release) => release.name).join(", ");

const HELP = `The one suite in every engine, against a real Keystone, then the gates and the type tests.

  npm test                                     everything
  npm test -- node chromium                    these engines, without gates:
                                               ${names}
  npm test -- node test/cases/rescope.ts       only the cases of these files
  npm test -- node --grep "expired"            only the cases whose "group: name" contains it
  npm test -- node --unit                      only test/unit, for which no Keystone is started
  npm test -- --no-gates                       every engine, without gates
  npm test -- --gate deno-example              this gate alone
  npm test -- node --gate identity             these engines, then this gate alone

  --release NAME   the Keystone to run against: ${known}; default: zed. The whole
                   run has all of them, those after the first in Node
  --part NAME      only a part of the whole run: standalone, browsers, releases
  --rows FILE      writes the rows there, in place of the table
  --watch          runs again whenever something in src or test changes, until Ctrl-C
  --inspect        Node waits for a debugger, and no case is ended for being late
  --coverage       tells how much of src ran in Node; .cache/coverage/index.html shows it
  --timeout MS     that one case may take; default: 60000
  --slowest N      tells as many cases of each engine that took longest
  --help           this text`;

/**
 * The gates and type tests that need no server, the suite in the browsers, and the suite against the
 * other releases.
 */
const parts = /** @type {const} */ (["standalone", "browsers", "releases"]);

/**
 * @typedef {typeof parts[number]} Part
 *
 * @typedef {object} Options
 * @property {readonly import("./engines.mjs").Engine[]} engines those that are named
 * @property {readonly string[]} files the paths of those that are named
 * @property {string} grep
 * @property {boolean} unit
 * @property {boolean} gates whether all gates run, as in the whole run
 * @property {string} [gate] the name of one that runs
 * @property {Part} [part] the part of another, whole run that this one does
 * @property {string} [rows] the file for the rows
 * @property {boolean} everyEngine
 * @property {import("../keystone/releases.mjs").Release} release
 * @property {boolean} everyRelease
 * @property {boolean} watch
 * @property {boolean} inspect
 * @property {boolean} coverage
 * @property {number} timeout
 * @property {number} slowest
 */

/**
 * Ends the process if they are wrong, or if only help is wanted.
 * @param {(line: string) => void} say
 * @returns {Options}
 */
export function readOptions(say) {
  try {
    const options = parse();
    if (options !== undefined) return options;
    say(HELP);
    process.exit(0);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}

/** @returns {Options | undefined} */
function parse() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      grep: { type: "string", default: "" },
      unit: { type: "boolean", default: false },
      "no-gates": { type: "boolean", default: false },
      gate: { type: "string" },
      part: { type: "string" },
      rows: { type: "string" },
      release: { type: "string" },
      watch: { type: "boolean", default: false },
      inspect: { type: "boolean", default: false },
      coverage: { type: "boolean", default: false },
      timeout: { type: "string", default: "60000" },
      slowest: { type: "string", default: "0" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  const { grep = "", unit = false, gate, rows, inspect = false } = values;
  const part = values.part === undefined ? undefined : partOf(values.part);
  const files = positionals.filter((one) => one.endsWith(".ts")).map(caseFile);
  const named = positionals.filter((one) => !one.endsWith(".ts")).map(engineOf);
  const selected = grep !== "" || unit || files.length > 0 || values.release !== undefined;
  const alone = gate !== undefined || part !== undefined;
  const whole = !selected && named.length === 0 && !alone && !values["no-gates"];
  return {
    engines: named,
    files,
    grep,
    unit,
    gates: whole,
    gate,
    part,
    rows,
    // A single gate needs no engine, unless it is about the run of the one that is named.
    everyEngine: named.length === 0 && !alone,
    release: releaseOf(values.release),
    everyRelease: (whole || part === "releases") && !process.env.KEYSTONE_URL,
    watch: values.watch ?? false,
    inspect,
    coverage: values.coverage ?? false,
    // An hour for people with a debugger.
    timeout: inspect ? 3_600_000 : integer("--timeout", values.timeout),
    slowest: integer("--slowest", values.slowest),
  };
}

/** @param {string} name @param {string} text */
function integer(name, text = "") {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} wants a whole number, not "${text}"`);
  return Number(text);
}

/** @param {string} name @returns {Part} */
function partOf(name) {
  const part = parts.find((one) => one === name);
  if (part === undefined)
    throw new Error(`there is no part "${name}"; there are ${parts.join(", ")}`);
  return part;
}

/** @param {string} path */
function caseFile(path) {
  const file = resolve(path);
  if (!existsSync(file)) throw new Error(`there is no file ${path}`);
  return file;
}

/** @param {string} name */
function engineOf(name) {
  const engine = engines.find((one) => one.name === name);
  if (engine === undefined) {
    throw new Error(`there is no engine called "${name}"; there are ${names}`);
  }
  return engine;
}
