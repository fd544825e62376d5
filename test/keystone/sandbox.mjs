import { spawn } from "node:child_process";
import { closeSync, openSync, rmSync, writeFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits for the end of its standard input, which comes when this process closes it or ends in any way,
 * SIGKILL included. Then it kills what is still running and removes the directory. So nothing is ever
 * left behind, and no handler for signals or exceptions is needed here.
 */
const JANITOR = `
while read -r _; do :; done
for file in "$1"/pids/*; do
  [ -e "$file" ] && kill -s KILL -- "-\${file##*/}"
done
tries=0
until rm -rf "$1"; do
  tries=$((tries + 1))
  [ "$tries" -lt 50 ] || exit 1
  sleep 0.1
done
`;

/**
 * @typedef {object} Running
 * @property {string} name
 * @property {number | undefined} pid undefined if it could not be started
 * @property {string} log path of the file with its output
 * @property {boolean} over whether it has ended
 * @property {Promise<string>} ended resolves with how it ended: "code 0", "SIGKILL" …
 * @property {(signal?: NodeJS.Signals, seconds?: number) => Promise<string>} end asks it to end with
 *   this signal, by default SIGKILL; kills it and its children if it has not ended after these
 *   seconds; returns how it ended
 */

/** A temporary directory and the processes that run in it; they are removed together. */
export class Sandbox {
  /** @type {Set<Running>} */
  #running = new Set();
  #janitor;
  #closing = false;

  /** @param {string} dir */
  constructor(dir) {
    this.dir = dir;
    // A session of its own: Ctrl-C in the terminal must not hit the janitor.
    this.#janitor = spawn("/bin/sh", ["-c", JANITOR, "sh", dir], {
      cwd: "/",
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
  }

  static async open() {
    // MariaDB's socket goes here, and a socket's path has at most 107 characters.
    const parent = tmpdir().length > 80 ? "/tmp" : tmpdir();
    const dir = await mkdtemp(join(parent, "keystone-"));
    const sandbox = new Sandbox(dir);
    await chmod(dir, 0o700);
    for (const name of ["home", "pids", "tmp"]) await mkdir(join(dir, name));
    return sandbox;
  }

  /**
   * Does something in a new sandbox, which is closed if that fails.
   *
   * @template T
   * @param {(sandbox: Sandbox) => Promise<T>} work
   * @returns {Promise<T>}
   */
  static async use(work) {
    const sandbox = await Sandbox.open();
    try {
      return await work(sandbox);
    } catch (error) {
      await sandbox.close();
      throw error;
    }
  }

  /**
   * Starts a program in the directory, with nothing of this process's environment.
   *
   * @param {string} name also of its log
   * @param {string} program
   * @param {readonly string[]} args
   * @param {Record<string, string>} [env]
   * @returns {Running}
   */
  start(name, program, args, env) {
    const log = join(this.dir, `${name}.log`);
    const output = openSync(log, "a");
    const child = spawn(program, args, {
      cwd: this.dir,
      // A process group of its own, so that all of it can be killed.
      detached: true,
      env: {
        HOME: join(this.dir, "home"),
        LANG: "C.UTF-8",
        PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
        TMPDIR: join(this.dir, "tmp"),
        ...env,
      },
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    const note = join(this.dir, "pids", String(child.pid));
    if (child.pid !== undefined) writeFileSync(note, name);

    const send = (/** @type {NodeJS.Signals} */ what) => {
      if (running.over || child.pid === undefined) return;
      try {
        // A server ends its children itself, but SIGKILL leaves it no chance to.
        process.kill(what === "SIGKILL" ? -child.pid : child.pid, what);
      } catch {
        // It has just ended, and its event is on the way.
      }
    };
    /** @type {Running} */
    const running = {
      name,
      pid: child.pid,
      log,
      over: false,
      ended: new Promise((resolve) => {
        const end = (/** @type {string} */ how) => {
          running.over = true;
          this.#running.delete(running);
          rmSync(note, { force: true });
          resolve(how);
        };
        child.once("error", (error) => end(error.message));
        child.once("exit", (code, by) => end(by ?? `code ${code}`));
      }),
      // Nothing here outlives the directory, so there is seldom a reason to ask politely.
      end: async (by = "SIGKILL", seconds = 3) => {
        send(by);
        const timer = setTimeout(() => send("SIGKILL"), seconds * 1000);
        const how = await running.ended;
        clearTimeout(timer);
        return how;
      },
    };
    this.#running.add(running);
    return running;
  }

  /**
   * Runs a program to its end; throws with the tail of its output if it fails.
   *
   * @param {string} name
   * @param {string} program
   * @param {readonly string[]} args
   */
  async run(name, program, args) {
    const running = this.start(name, program, args);
    const how = await running.ended;
    if (how !== "code 0") throw await this.failure(running, `failed (${how})`);
  }

  /**
   * Waits until a server that was started answers.
   *
   * @param {Running} running
   * @param {() => Promise<boolean>} check
   * @param {number} [seconds]
   */
  async ready(running, check, seconds = 90) {
    const deadline = Date.now() + seconds * 1000;
    while (!(await check().catch(() => false))) {
      if (running.over) throw await this.failure(running, `ended (${await running.ended})`);
      if (Date.now() > deadline) {
        throw await this.failure(running, `did not come up in ${seconds} seconds`);
      }
      await sleep(50);
    }
  }

  /**
   * @param {Running} running
   * @param {string} what
   */
  async failure(running, what) {
    const log = this.#closing ? "" : await readFile(running.log, "utf8").catch(() => "");
    const tail = log.trimEnd().split("\n").slice(-25).join("\n");
    return new Error(`${running.name} ${what}; its last output:\n${tail}`);
  }

  /** Ends everything and removes the directory. */
  async close() {
    this.#closing = true;
    await Promise.all([...this.#running].map((running) => running.end()));
    if (this.#janitor.exitCode === null && this.#janitor.signalCode === null) {
      const done = new Promise((resolve) => this.#janitor.once("exit", resolve));
      this.#janitor.stdin.end();
      await done;
    }
    await rm(this.dir, { recursive: true, force: true });
  }
}
