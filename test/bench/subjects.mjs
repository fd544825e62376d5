/**
 * What is measured, by name and size: `login/10000` logs in with 10,000 endpoints. Each gives a
 * function that does it once. Runs in every runtime.
 */
import { createSession, findEndpoint, password } from "keystone-fetch";
import { users } from "keystone-fetch/identity";
import ky from "ky";
import {
  authUrl,
  computeUrl,
  createStub,
  tokenId,
  tokenText,
  user,
  usersText,
} from "./documents.mjs";

const headers = { "X-Auth-Token": tokenId };
const query = { type: "compute", region: "region-0" };

/** @param {typeof globalThis.fetch} fetch */
const sessionOf = (fetch, url = authUrl) =>
  createSession({ authUrl: url, auth: password(user), fetch });

/** @param {number} endpoints */
const sessionWith = (endpoints) => sessionOf(createStub(tokenText(endpoints)));

/** One call, four ways. @param {typeof globalThis.fetch} fetch @param {string} keystone @param {string} compute */
function calls(fetch, keystone, compute) {
  const session = sessionOf(fetch, keystone);
  const plain = ky.create({ prefix: compute, fetch, headers });
  return {
    fetch: () => async () => (await fetch(`${compute}/servers`, { headers })).json(),
    "session.fetch": () => async () => (await session.fetch(`${compute}/servers`)).json(),
    ky: () => () => plain.get("servers").json(),
    "service()": async () => {
      const nova = await session.service(query);
      return () => nova.get("servers").json();
    },
  };
}

/** @param {string} server the trivial server's address */
export function createSubjects(server) {
  /** @type {typeof globalThis.fetch} */
  const real = (input, init) => globalThis.fetch(input, init);
  const alone = Object.entries(calls(createStub(tokenText(10)), authUrl, computeUrl));
  /** @type {Record<string, (size: number) => (() => unknown) | Promise<() => unknown>>} */
  const makers = {
    ...calls(real, `${server}/v3`, `${server}/compute/v2.1`),
    ...Object.fromEntries(alone.map(([name, maker]) => [`${name} alone`, maker])),
    "look-up": async (size) => {
      const { catalog } = await sessionWith(size).token();
      return () => findEndpoint(catalog, query);
    },
    "first look-up": async (size) => {
      // Of a catalog that is not frozen nothing is remembered.
      const catalog = [...(await sessionWith(size).token()).catalog];
      return () => findEndpoint(catalog, query);
    },
    call: (size) => {
      const session = sessionWith(size);
      return async () => (await session.fetch(`${computeUrl}/servers`)).json();
    },
    "parse token": (size) => {
      const text = tokenText(size);
      return () => JSON.parse(text);
    },
    login: (size) => {
      const session = sessionWith(size);
      return () => session.authenticate();
    },
    "parse users": (size) => {
      const text = usersText(size);
      return () => JSON.parse(text);
    },
    "users.list()": (size) => {
      const text = usersText(size);
      const session = sessionOf(createStub(tokenText(10), () => text));
      return async () => users.list(session);
    },
    "calls at once": (size) => () => {
      const session = sessionWith(10);
      const all = Array.from({ length: size }, () => session.fetch(`${computeUrl}/servers`));
      return Promise.all(all);
    },
    sessions: (size) => {
      const fetch = createStub(tokenText(10));
      return () => Promise.all(Array.from({ length: size }, () => sessionOf(fetch).token()));
    },
  };
  return (/** @type {string} */ name) => {
    const [what, size] = name.split("/");
    return makers[what](Number(size));
  };
}
