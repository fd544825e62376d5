import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { step } from "./progress.mjs";

const run = promisify(execFile);

/**
 * The versions of the Debian packages that are installed.
 *
 * @param {readonly string[]} names
 * @returns {Promise<Map<string, string>>}
 */
export async function installedVersions(names) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is dpkg-query's own syntax
  const format = "${Package} ${db:Status-Status} ${Version}\n";
  // dpkg-query exits with 1 when it does not know one of the names, but lists the others.
  const { stdout } = await run("dpkg-query", ["-W", `-f=${format}`, ...names]).catch((error) => ({
    stdout: typeof error.stdout === "string" ? error.stdout : "",
  }));
  const versions = new Map();
  for (const line of stdout.split("\n")) {
    const [name, status, version] = line.split(" ");
    if (status === "installed") versions.set(name, version);
  }
  return versions;
}

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Installs the missing Debian packages: as root with apt-get, otherwise with sudo if that asks for no
 * password. If that is not possible, it throws an error with the command to run.
 *
 * @param {readonly string[]} names
 * @param {import("./progress.mjs").Progress} [onProgress]
 * @param {{ instead?: string }} [options] `instead`: an alternative, for the error's message
 */
export function ensurePackages(names, onProgress, options = {}) {
  // One after the other: apt-get can't wait for the lists, and what one run installs the next one
  // has.
  const turn = last.then(() => install(names, onProgress, options));
  last = turn.catch(() => undefined);
  return turn;
}

/**
 * @param {readonly string[]} names
 * @param {import("./progress.mjs").Progress | undefined} onProgress
 * @param {{ instead?: string }} options
 */
async function install(names, onProgress, { instead = "" }) {
  const hint = instead === "" ? "" : ` ${instead}`;
  if (!existsSync("/usr/bin/apt-get")) {
    throw new Error(
      `There is no apt-get here (needed: Debian 12 or alike, with the packages ${names.join(
        " ",
      )}).${hint}`,
    );
  }
  const present = await installedVersions(names);
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === 0) return;

  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const command = ["install", "-y", "--no-install-recommends", ...missing];
  if (prefix.length > 0 && !(await works(...prefix, "true"))) {
    throw new Error(
      `These packages are missing: ${missing.join(" ")}. Run: sudo apt-get update && ` +
        `sudo apt-get ${command.join(" ")}${hint === "" ? "" : `\nOr:${hint}`}`,
    );
  }
  const lock = ["-o", "DPkg::Lock::Timeout=120"];
  await step(onProgress, "Reading the lists of packages", () =>
    apt([...prefix, "apt-get", ...lock, "update"]),
  );
  await step(onProgress, `Installing ${missing.join(" ")}`, () =>
    apt([...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...lock, ...command]),
  );
}

/** @param {string[]} command */
async function works(...command) {
  return run(command[0], command.slice(1)).then(
    () => true,
    () => false,
  );
}

/**
 * Runs apt-get to the end, and waits while another program holds the lists. If this process ends
 * meanwhile, apt-get goes on by itself: a half-configured package would be worse than one too many.
 *
 * @param {string[]} command
 * @param {number} patience seconds
 */
async function apt(command, patience = 120) {
  const child = spawn(command[0], command.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0 && patience > 0 && /Could not get lock .*lists/.test(output)) {
    await setTimeout(1000);
    return apt(command, patience - 1);
  }
  if (code !== 0) {
    const tail = output.trimEnd().split("\n").slice(-15).join("\n");
    throw new Error(`\`${command.join(" ")}\` failed (${code}):\n${tail}`);
  }
}
