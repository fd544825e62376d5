/** Plays the servers of a recorded question: a token with its catalog, and documents at addresses. */
import { readFileSync } from "node:fs";
import { createSession, isKeystoneError } from "keystone-fetch";

/**
 * @typedef {object} Served
 * @property {number} [status]
 * @property {unknown} [body] JSON
 * @property {string} [text] what else came
 *
 * @typedef {{ type?: string, name?: string, endpoints: readonly object[] }} Service
 */

/**
 * The lines of a fixture.
 * @param {string} name
 * @returns {any[]}
 */
export function recorded(name) {
  const file = new URL(`../fixtures/peers/${name}.jsonl`, import.meta.url);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** Addresses count as the same with and without a slash at their end. @param {string} url */
export const plain = (url) => url.replace(/\/+$/, "");

/**
 * fetch, as answered by what was recorded; anything else is a 404.
 * @param {Record<string, Served>} served by address
 * @returns {typeof fetch}
 */
export function replay(served) {
  const byAddress = new Map(Object.entries(served).map(([url, reply]) => [plain(url), reply]));
  return async (input) => {
    const reply = byAddress.get(plain(String(input)));
    if (!reply) return new Response("Not Found", { status: 404 });
    const { status = 200, body, text = "" } = reply;
    return new Response(body === undefined ? text : JSON.stringify(body), { status });
  };
}

/** Keystone's address where a question has none of its own. */
const ownKeystone = "http://own-keystone.example/v3";

/**
 * A session with a token that has this catalog.
 * @param {object} world
 * @param {readonly Service[]} world.catalog
 * @param {Record<string, Served>} [world.served]
 * @param {string} [world.project] the id of the token's project
 * @param {Record<string, string>} [world.endpointOverrides]
 */
export function sessionWith({ catalog, served = {}, project = "p", endpointOverrides = {} }) {
  const now = Date.now();
  const token = {
    methods: ["password"],
    user: { id: "u", name: "somebody", domain: { id: "default", name: "Default" } },
    project: { id: project, name: "somewhere", domain: { id: "default", name: "Default" } },
    roles: [],
    catalog,
    issued_at: new Date(now).toISOString(),
    expires_at: new Date(now + 3_600_000).toISOString(),
  };
  const fetch = replay({ ...served, [`${ownKeystone}/auth/tokens`]: { body: { token } } });
  return createSession({
    authUrl: ownKeystone,
    token: "recorded",
    retry: 0,
    fetch,
    endpointOverrides,
  });
}

/** The address that a session finds, or that it finds none. @param {import("keystone-fetch").Session} session @param {any} query */
export const addressOf = (session, query) =>
  orError(async () => plain((await session.endpoint(query)).url));

/** @param {() => Promise<unknown>} work */
export async function orError(work) {
  try {
    return await work();
  } catch (error) {
    if (!isKeystoneError(error)) throw error;
    return error.code === "EndpointNotFound" ? "none" : error.code;
  }
}
