/**
 * The programs that the harness starts: each in a process group of its own, none of which outlives
 * it.
 */
import { spawn } from "node:child_process";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 */
export function start(command, args, options) {
  // A group of its own, so that stopping a program also stops what it has started.
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  child.once("close", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Asks a program to end, and ends it if it doesn't.
 * @param {import("node:child_process").ChildProcess} child
 */
export async function stop(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("close", resolve));
  signal(child, "SIGTERM");
  const impatient = setTimeout(() => signal(child, "SIGKILL"), 3000);
  await gone;
  clearTimeout(impatient);
}

export async function stopAll() {
  await Promise.all([...running].map(stop));
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} name
 */
function signal(child, name) {
  try {
    process.kill(-(child.pid ?? 0), name);
  } catch {
    // it has ended by itself in the meantime
  }
}
