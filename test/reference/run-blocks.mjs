/**
 * Runs blocks of the documents and examples of the doc comments, one after another: `node
 * run-blocks.mjs FILE …`. It provides what their readers have and Node lacks: a page's storage, a
 * prompt, Nova and the like (the test Keystone's catalog names services that do not exist), and a
 * Worker's runtime for files that export a handler. Its last line is JSON: for each file what it
 * printed, or why it failed.
 */
import { pathToFileURL } from "node:url";
import { createSession, password } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";
import { createGuard } from "keystone-fetch/guard";

const { fetch } = globalThis;
const { log } = console;
const { OS_AUTH_URL = "", DEMO_PASSWORD = "" } = process.env;

/** Nova, for everybody with a token. @type {Record<string, object>} */
const nova = {
  "/v2.1": { version: { id: "v2.1", status: "CURRENT", version: "2.96", min_version: "2.1" } },
  "/servers": { servers: [{ name: "web-1" }] },
  "/servers/detail": { servers: [{ name: "web-1", status: "ACTIVE" }] },
};

/** @type {typeof globalThis.fetch} */
globalThis.fetch = async (input, init) => {
  const { url, headers } = new Request(input, init);
  if (url.startsWith("https://upstream.internal")) return new Response("upstream");
  if (!/^https:\/\/compute\..*example\.com\//.test(url)) return fetch(input, init);
  const path = new URL(url).pathname.replace(/^\/v2\.1\/\w{32}/, "").replace(/\/$/, "");
  if (path === "/v2.1" || headers.has("X-Auth-Token")) return Response.json(nova[path]);
  return new Response(null, { status: 401 });
};

/** A page's storage, and Workers KV. */
const items = new Map();
const sessionStorage = {
  getItem: (/** @type {string} */ key) => items.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => items.set(key, value),
  removeItem: (/** @type {string} */ key) => items.delete(key),
};
const TOKENS = {
  get: async (/** @type {string} */ key) => items.get(key) ?? null,
  put: async (/** @type {string} */ key, /** @type {string} */ value) => items.set(key, value),
  delete: async (/** @type {string} */ key) => items.delete(key),
};
const [NEW_KEY, OLD_KEY] = [7, 8].map((byte) => Buffer.alloc(32, byte).toString("base64"));
const env = { ...process.env, TOKENS, TOKENS_KEY: NEW_KEY, NEW_KEY, OLD_KEY };

const auth = password({ name: "demo", domain: { name: "Default" }, password: DEMO_PASSWORD });
/** Caches of a page, which keep nothing. */
const caches = { open: async () => ({ match: async () => undefined, put: async () => undefined }) };
/** A YAML parser, for which JSON is YAML. */
const text = JSON.stringify({
  clouds: Object.fromEntries(
    ["devstack", "mine"].map((name) => [
      name,
      { auth: { auth_url: OS_AUTH_URL, username: "demo", password: DEMO_PASSWORD } },
    ]),
  ),
});
const scope = { project: { name: "web", domain: { name: "Default" } } };
const upstream = "https://upstream.internal";
Object.assign(globalThis, {
  sessionStorage,
  caches,
  prompt: () => "123456",
  text,
  parse: JSON.parse,
});
Object.assign(globalThis, { authUrl: OS_AUTH_URL, auth, env, upstream, scope, json: {} });
Object.assign(globalThis, { guard: createGuard({ session: createSession(fromEnv(process.env)) }) });

/** @type {Record<string, { printed?: string, error?: string }>} */
const outcomes = {};
for (const file of process.argv.slice(2)) outcomes[file] = await run(file);
log(JSON.stringify(outcomes));
// A page goes on as long as something is subscribed.
process.exit();

/** @param {string} file */
async function run(file) {
  /** @type {string[]} */
  const lines = [];
  console.log = (...words) => lines.push(words.map(String).join(" "));
  try {
    items.clear();
    // Each has its own, since one may revoke it.
    const session = createSession({ authUrl: OS_AUTH_URL, auth, scope });
    const token = await session.token();
    const { id } = token;
    const request = () => new Request("https://api.example/", { headers: { "X-Auth-Token": id } });
    Object.assign(globalThis, { session, token, id, request: request() });
    const block = await import(pathToFileURL(file).href);
    if (block.default) await call(block.default, request());
    return { printed: lines.join("\n") };
  } catch (error) {
    return { error: error instanceof Error ? `${error.stack}` : String(error) };
  }
}

/**
 * A Worker's handler, or a function of the edge.
 * @typedef {(request: Request, env: object) => Promise<Response>} Handle
 * @param {Handle | { fetch: Handle }} handler
 * @param {Request} request
 */
async function call(handler, request) {
  const handle = typeof handler === "function" ? handler : handler.fetch;
  const response = await handle(request, env);
  const answer = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${answer}`);
  console.log(answer);
}
