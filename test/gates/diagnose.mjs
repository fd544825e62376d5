/**
 * `diagnose()` in the pages of three browsers: with a real Keystone whose CORS settings are wrong in
 * each way in which operators get them wrong, one after another; and in a page that was loaded over
 * https.
 */
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { startKeystone } from "../keystone/keystone.mjs";
import { browsers } from "../server/diagnose-browsers.mjs";
import { certificate } from "../server/diagnose-certificate.mjs";
import { frame } from "../server/diagnose-frame.mjs";

/**
 * @typedef {Partial<import("../../src/diagnose/diagnosis.ts").Diagnosis>} Found
 * @typedef {{ what: string, page: string, url: string, found: Found, offline?: boolean }} Check
 */

const headers = "X-Auth-Token,X-Subject-Token,Openstack-Auth-Receipt";

/**
 * Settings of [cors], and what they lead to. A wrong `allowed_origin` ends in this.
 * @type {Record<string, { settings?: Record<string, string>, suffix?: string, found: Found }>}
 */
const mistakes = {
  "nothing but allowed_origin": { found: { code: "ok" } },
  "another origin": { suffix: "9", found: { code: "cors-origin" } },
  "a slash at the end": { suffix: "/", found: { code: "cors-origin" } },
  "a comment behind it": { suffix: " # the dashboard", found: { code: "cors-origin" } },
  "the documentation's sample": {
    settings: {
      allow_headers: "Content-Type,Cache-Control,Content-Language,Expires,Last-Modified,Pragma",
      expose_headers: "Content-Type,Cache-Control,Content-Language,Expires,Last-Modified,Pragma",
    },
    found: { code: "cors-headers" },
  },
  "allow_headers without X-Subject-Token": {
    settings: { allow_headers: "X-Auth-Token,Openstack-Auth-Receipt" },
    found: { code: "cors-headers" },
  },
  "expose_headers of its own": {
    settings: { allow_headers: headers, expose_headers: "Content-Type" },
    found: { code: "cors-expose", certain: false },
  },
  "allow_methods without DELETE": {
    settings: { allow_methods: "GET,POST" },
    found: { code: "cors-method", method: "DELETE" },
  },
  "allow_methods without POST": {
    settings: { allow_methods: "GET,PUT" },
    found: { code: "cors-method", method: "POST" },
  },
};

/** @type {import("../runners/gates.mjs").Gate} */
export default async function diagnose({ say, env }) {
  /** What has to be stopped at the end, in reverse order. @type {(() => unknown)[]} */
  const stops = [];
  try {
    const tls = await serve(createTlsServer(await certificate()), stops);
    const page = `http://${await serve(createServer(), stops)}`;
    /** @type {Record<string, import("../server/diagnose-browsers.mjs").Tab>} */
    const tabs = {};
    for (const [name, start] of Object.entries(browsers)) {
      const tab = await start();
      stops.push(tab.close);
      tabs[name] = tab;
    }
    /** @type {import("../runners/gates.mjs").Check[]} */
    const done = [];
    /** @param {Check} check */
    const runAll = async (check) => {
      for (const [name, tab] of Object.entries(tabs)) {
        if (check.offline && !tab.setOffline) continue;
        const result = await run(name, tab, check);
        if (result.ok) say(result.name);
        done.push(result);
      }
    };
    await makeMistakes(stops, runAll);
    for (const check of [...httpChecks(page, env), ...httpsChecks(`https://${tls}`, env)]) {
      await runAll(check);
    }
    return done;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/**
 * One Keystone that is misconfigured and restarted, as an operator would do it; and each time a page
 * of a new origin, since a browser remembers the preflights that passed.
 * @param {(() => unknown)[]} stops
 * @param {(check: Check) => Promise<void>} runAll
 */
async function makeMistakes(stops, runAll) {
  if (process.env.KEYSTONE_URL) return;
  const keystone = await startKeystone();
  stops.push(() => keystone.stop());
  const file = `${keystone.dir}/home/.keystone/keystone.conf`;
  const rest = (await readFile(file, "utf8")).replace(/\[cors\]\n[^[]*/, "");
  for (const [what, { suffix = "", settings = {}, found }] of Object.entries(mistakes)) {
    const page = `http://${await serve(createServer(), stops)}`;
    const lines = Object.entries({ allowed_origin: `${page}${suffix}`, ...settings });
    const section = ["[cors]", ...lines.map(([name, value]) => `${name} = ${value}`)].join("\n");
    await writeFile(file, `${rest}${section}\n`);
    await keystone.restart();
    await runAll({ what: `[cors] with ${what}`, page, url: `${keystone.url}/v3`, found });
  }
}

/**
 * @param {string} page
 * @param {import("../runners/gates.mjs").Context["env"]} env
 * @returns {Check[]}
 */
function httpChecks(page, { diagnose: servers = {} }) {
  const { tls = "" } = servers;
  return [
    {
      what: "an http address that is served by https, in an http page,",
      page,
      url: tls.replace("https:", "http:"),
      found: { code: "other-path", authUrl: `${tls}/v3` },
    },
  ];
}

/**
 * @param {string} page
 * @param {import("../runners/gates.mjs").Context["env"]} env
 * @returns {Check[]}
 */
function httpsChecks(page, { diagnose: servers = {} }) {
  const { tls = "", healthy = "" } = servers;
  return [
    {
      what: "an http address in an https page",
      page,
      url: "http://keystone.example:5000/v3",
      found: { code: "mixed-content", certain: true },
    },
    {
      what: "an http address that is served by https, in an https page,",
      page,
      url: tls.replace("https:", "http:"),
      found: { code: "mixed-content", authUrl: `${tls}/v3` },
    },
    { what: "an http address of this machine", page, url: healthy, found: { code: "ok" } },
    { what: "an https address", page, url: tls, found: { code: "ok" } },
    {
      what: "an address without a network",
      page,
      url: "https://keystone.example",
      found: { code: "offline" },
      offline: true,
    },
  ];
}

/**
 * @param {string} browser
 * @param {import("../server/diagnose-browsers.mjs").Tab} tab
 * @param {Check} check
 */
async function run(browser, tab, { what, page, url, found, offline }) {
  await tab.open(`${page}/frame`);
  await tab.setOffline?.(Boolean(offline));
  const told = await tab.diagnose(url);
  // Chromium and Firefox trust loopback, WebKit does not.
  const strict = browser === "webkit" && page.startsWith("https:") && url.startsWith("http:");
  const expected = strict ? { ...found, code: "mixed-content" } : found;
  return {
    name: `${browser}: ${what} is ${expected.code}`,
    ok: Object.entries(expected).every(([key, value]) => Reflect.get(told, key) === value),
    error: JSON.stringify(told),
  };
}

/**
 * @param {import("node:http").Server} server
 * @param {(() => unknown)[]} stops
 * @returns {Promise<string>} host and port
 */
async function serve(server, stops) {
  server.on("request", frame);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
}
