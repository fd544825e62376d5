/** keystoneauth's reading of version documents: which versions, where, and the best that matches. */
import { discover } from "keystone-fetch";
import { addressOf, orError, plain, recorded, replay, sessionWith } from "./replay.mjs";
import { askedVersion } from "./version.mjs";

/** @typedef {import("../gates/peers.mjs").Question} Question */

/** @returns {Promise<Question[]>} */
export function documents() {
  const whole = recorded("documents").map(readWhole);
  const parts = recorded("versions").map((line) =>
    line.ask === "version_data" ? readAllowed(line) : readOne(line),
  );
  return Promise.all([...whole, ...parts]);
}

/** All versions of a document, as keystoneauth writes them. @param {any} line */
async function versionsOf({ url, versions }) {
  const found = await discover(url, { fetch: replay({ [url]: { body: { versions } } }) });
  return found.map((one) => ({
    version: numbersOf(one.id),
    url: plain(one.url),
    status: statusOf(one.status),
  }));
}

/** "v1" is [1, 0] with them. @param {string} id */
function numbersOf(id) {
  const [major = 0, minor = 0] = id.replace(/^v/i, "").split(".").map(Number);
  return [major, minor];
}

/** A status as they write it; ours keeps the document's own. @param {unknown} status */
function statusOf(status) {
  const name = String(status).toUpperCase();
  if (name === "STABLE") return "CURRENT";
  return /^(CURRENT|SUPPORTED|DEPRECATED|EXPERIMENTAL)$/.test(name) ? name : "UNKNOWN";
}

/** @param {any} versions */
const sorted = (versions) =>
  versions
    .map((/** @type {any} */ one) => JSON.stringify({ ...one, url: plain(one.url ?? "") }))
    .sort();

/** @param {any} line @returns {Promise<Question>} */
async function readWhole(line) {
  const { test, url, versions, result } = line;
  const asked = { kind: "version documents", test, args: { url, versions } };
  if (typeof result === "string") return { ...asked, theirs: "an error", ours: "a document" };
  return {
    ...asked,
    theirs: sorted(result),
    ours: await orError(async () => sorted(await versionsOf(line))),
  };
}

/** Ours has them all: which of them are allowed is the caller's to say. @param {any} line @returns {Promise<Question>} */
async function readAllowed(line) {
  const { test, args, versions, result } = line;
  const asked = { kind: "version documents", test, args: { ...args, versions } };
  const excluded = [
    ...(args.allow_experimental ? [] : ["EXPERIMENTAL"]),
    ...(args.allow_deprecated ? [] : ["DEPRECATED"]),
    ...(args.allow_unknown ? [] : ["UNKNOWN"]),
  ];
  const ours = await orError(async () => {
    const found = await versionsOf(line);
    return sorted(found.filter(({ status }) => !excluded.includes(status)));
  });
  return { ...asked, theirs: line.error ?? sorted(result), ours };
}

/** The best that matches, as a session finds it for a service at that address. @param {any} line @returns {Promise<Question>} */
async function readOne({ test, url, versions, args, result, error }) {
  const asked = { kind: "one version", test, args: { ...args, versions } };
  const wanted = askedVersion(args);
  if (!wanted) return { ...asked, skip: "a range over more than one major version" };
  if (!wanted.version) return { ...asked, skip: "no version is asked for: the address stays" };
  const endpoints = [{ interface: "public", region: null, url }];
  const served = Object.fromEntries(upwards(url).map((at) => [at, { body: { versions } }]));
  const session = sessionWith({ catalog: [{ type: "compute", endpoints }], served });
  const ours = await addressOf(session, { type: "compute", ...wanted });
  const address = typeof result === "string" ? result : result?.url;
  const theirs = address ? plain(address) : (error ?? "none");
  return { ...asked, theirs, ours };
}

/** An address, and all above it. @param {string} url @returns {string[]} */
function upwards(url) {
  const above = new URL(url.endsWith("/") ? ".." : ".", url).href;
  return above === url ? [url] : [url, ...upwards(above)];
}
