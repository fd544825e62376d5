/**
 * Every engine the suite runs in, in the order in which they run. A new one is a file and a line
 * here.
 */
import chromium from "./chromium.mjs";
import deno from "./deno.mjs";
import node from "./node.mjs";
import workerd from "./workerd.mjs";

/**
 * @typedef {object} Missing
 * @property {string} what what is not there, for people
 * @property {readonly string[]} [packages] Debian packages that bring it
 */

/**
 * @typedef {object} RunOptions
 * @property {readonly string[]} files the files of cases
 * @property {string} grep
 * @property {number} timeout ms that one case may take
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
export const engines = [node, deno, workerd, chromium];
