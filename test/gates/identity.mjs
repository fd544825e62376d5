/**
 * `keystone-fetch/identity` is whole: every function was called against the real Keystone in every
 * main engine, sent what the table says and got the statuses in it (test/fixtures/identity/calls.json),
 * and every route of the API belongs to a function, or is left out for a reason (routes.json beside
 * it: the routes below /v3 of Keystone's own URL map, the same from Train to 2026.2 except for
 * OS-OAUTH2 and, since 2026.2, the tokens of a user). HEAD is left out: wherever it works, GET works,
 * too, and no page may send it.
 */
import { readFileSync } from "node:fs";
import { readTestimonies } from "../runners/testimonies.mjs";

const pages = ["chromium", "firefox", "webkit"];

/** The file for a CDN holds only the core; the others stand beside an engine that calls them all. */
const withoutFunctions = ["cdn", "node-newest", "edge"];

/** @param {string} name */
const fixture = (name) =>
  JSON.parse(readFileSync(new URL(`../fixtures/identity/${name}.json`, import.meta.url), "utf8"));

/** @type {{ routes: Record<string, string>, exceptions: Record<string, string> }} */
const { routes, exceptions } = fixture("routes");

/**
 * What a function sends: its routes, each with the statuses that came back. @type {Record<string,
 * string[]>}
 */
const table = fixture("calls");

/** Every route, as in `GET /users/{user_id}`. */
const all = Object.entries(routes).flatMap(([path, methods]) =>
  methods.split(" ").map((method) => `${method} ${path}`),
);

/** @type {import("../runners/gates.mjs").Gate} */
export default async function identity({ say, env }) {
  const told = await readTestimonies(env.control);
  const servers = [env.keystone, env.shortLived].map((root) => `${root}/v3`);
  const runtimes = [...new Set(told.map(({ runtime }) => runtime))].filter(
    (one) => !withoutFunctions.includes(one),
  );
  const seen = new Map(
    runtimes.map((runtime) => [
      runtime,
      sent(
        told.filter((one) => one.runtime === runtime).flatMap(({ calls }) => calls),
        servers,
      ),
    ]),
  );
  const functions = await exported();
  const sentByAny = new Set([...seen.values()].flatMap((lines) => [...lines]));
  // In a page, OAuth1 fails: Keystone's CORS settings refuse its header.
  const hasProgram = runtimes.some((runtime) => !pages.includes(runtime));
  const wanted = [...expected()].filter((line) => hasProgram || sentByAny.has(line));
  const covered = new Set(Object.values(table).flatMap((lines) => lines.map(routeOf)));
  say(
    `identity: ${functions.length} functions, ${all.length} routes: ${covered.size} covered, ${Object.keys(exceptions).length} left out`,
  );
  return [
    verdict("somebody called", runtimes.length > 0 ? [] : ["nobody did"]),
    ...[...seen].map(([runtime, lines]) => {
      const called = new Set([...lines].map((line) => line.split(" ")[0]));
      const silent = functions.filter((name) => !called.has(name));
      say(`  ${runtime}: ${functions.length - silent.length} functions called`);
      return verdict(`${runtime}: every function was called`, silent);
    }),
    verdict("the table names the functions that there are", differ(functions, Object.keys(table))),
    verdict("each sent what the table says", differ([...sentByAny], wanted)),
    verdict("every route of the API is a function's, or an exception", [
      ...all.filter((route) => !covered.has(route) && !exceptions[route]),
      ...[...covered].filter((route) => !all.includes(route)).map((route) => `${route}: unknown`),
    ]),
    verdict(
      "no exception is one without need",
      Object.keys(exceptions).filter((route) => covered.has(route) || !all.includes(route)),
    ),
  ];
}

/** Every function of every namespace, as in `users.get`. */
async function exported() {
  const entry = new URL("../../dist/identity/index.js", import.meta.url);
  const namespaces = /** @type {Record<string, object>} */ (await import(entry.href));
  return Object.entries(namespaces).flatMap(([namespace, functions]) =>
    Object.keys(functions).map((name) => `${namespace}.${name}`),
  );
}

/** The table as lines with one status each, as in `users.get GET /users/{user_id} 404`. */
function* expected() {
  for (const [name, lines] of Object.entries(table)) {
    for (const line of lines) {
      for (const status of line.split(" ").slice(2)) yield `${name} ${routeOf(line)} ${status}`;
    }
  }
}

/** @param {string} line */
const routeOf = (line) => line.split(" ").slice(0, 2).join(" ");

/**
 * What was noted, with the route in place of the address.
 * @param {readonly string[]} calls
 * @param {readonly string[]} servers the real ones: the others play Keystone for some cases
 */
function sent(calls, servers) {
  /** @type {Set<string>} */
  const lines = new Set();
  for (const call of calls) {
    const [name, method, url = "", status] = call.split(" ");
    const server = servers.find((root) => url.startsWith(`${root}/`));
    if (server) lines.add(`${name} ${method} ${templateOf(url.slice(server.length))} ${status}`);
  }
  return lines;
}

/**
 * The path of routes.json to which a path belongs; of several, the one with the fewest ids. @param
 * {string} path
 */
function templateOf(path) {
  const parts = path.split("/");
  const fits = Object.keys(routes).filter((route) => {
    const wanted = route.split("/");
    return (
      wanted.length === parts.length &&
      wanted.every((part, index) => part.startsWith("{") || part === parts[index])
    );
  });
  const ids = (/** @type {string} */ route) => route.split("{").length;
  return fits.sort((a, b) => ids(a) - ids(b))[0] ?? path;
}

/** @param {readonly string[]} real @param {readonly string[]} said */
function differ(real, said) {
  return [
    ...real.filter((one) => !said.includes(one)).map((one) => `not in the table: ${one}`),
    ...said.filter((one) => !real.includes(one)).map((one) => `only in the table: ${one}`),
  ].sort();
}

/** @param {string} name @param {readonly string[]} offenders */
function verdict(name, offenders) {
  return { name, ok: offenders.length === 0, error: offenders.join("\n") };
}
