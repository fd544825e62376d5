/** Every engine in which the suite runs, in that order. A new one takes a file and a line here. */
import bun from "./bun.mjs";
import cdn from "./cdn.mjs";
import chromium from "./chromium.mjs";
import deno from "./deno.mjs";
import edge from "./edge.mjs";
import firefox from "./firefox.mjs";
import node from "./node.mjs";
import nodeNewest from "./node-newest.mjs";
import webkit from "./webkit.mjs";
import workerd from "./workerd.mjs";

/**
 * @typedef {object} Missing
 * @property {string} what what is missing, for people to read
 * @property {readonly string[]} [packages] Debian packages that bring it
 * @property {() => Promise<void>} [install] another way to get it
 */

/**
 * @typedef {object} RunOptions
 * @property {readonly string[]} files the files of cases
 * @property {string} grep
 * @property {number} timeout ms that one case may take
 * @property {boolean} inspect whether Node waits for a debugger
 * @property {boolean} coverage whether Node counts what runs
 * @property {number} pagePort the port on localhost whose origin Keystone's CORS settings allow
 * @property {(line: string) => void} say
 */

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {import("../case.ts").Runtime} runtime what it is to a case: two versions of Node are
 * one
 * @property {() => Missing | undefined} missing
 * @property {() => string} version only asked when nothing is missing
 * @property {(env: import("../case.ts").Env, options: RunOptions) =>
 * Promise<import("./collect.ts").Result[]>} run
 */

/** @type {readonly Engine[]} */
const programs = [node, nodeNewest, deno, bun, workerd, edge];

/** @type {readonly Engine[]} */
export const browsers = [chromium, cdn, firefox, webkit];

export const engines = [...programs, ...browsers];
