/**
 * The stores where they belong: Workers KV and the Cache API in workerd, where isolates start one
 * after another, and Deno's own KV, with one process after another. Logins are counted at the server.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Miniflare } from "miniflare";
import { oneFile } from "../runners/one-file.mjs";
import { rootDir } from "../runners/project.mjs";

/** @typedef {import("../places/visit.ts").Visit} Visit */
/**
 * One more isolate, or process, that makes a call; the last one revokes its token.
 * @typedef {(authUrl: string, end: boolean) => Promise<Visit>} Next
 */

const programs = join(rootDir, "test/places");

const key = Buffer.alloc(32, 7).toString("base64");

/** @type {import("../runners/gates.mjs").Gate} */
export default async function places({ env: { control } }) {
  const folder = mkdtempSync(join(tmpdir(), "keystone-fetch-"));
  try {
    const checks = [];
    for (const [name, next] of Object.entries({
      ...(await workers(folder)),
      ...(await deno(folder, control)),
    })) {
      checks.push(await logsInOnce(control, name, next));
    }
    return checks;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Three share a login, the third ends it, and a fourth logs in anew.
 * @param {string} control @param {string} name @param {Next} next
 */
async function logsInOnce(control, name, next) {
  const tag = crypto.randomUUID();
  const authUrl = `${control}/ok/${tag}/v3`;
  const visits = [];
  for (const end of [false, false, true, false]) visits.push(await next(authUrl, end));
  /** @type {{ method: string, path: string }[]} */
  const log = await (await fetch(`${control}/log/${tag}`)).json();
  const seen = log
    .map(({ method, path }) => `${method} ${path.replace("/v3/auth/", "")}`)
    .join(", ");
  const expected = [
    ...["POST tokens", "GET projects", "GET projects", "GET projects"],
    ...["DELETE tokens?cascade=false", "POST tokens", "GET projects"],
  ].join(", ");
  const [first, second, third, last] = visits.map(({ token }) => token);
  const shared = first === second && second === third && third !== last;
  const found = visits.every(({ projects }) => projects > 0);
  return {
    name: `${name}: who comes later finds the token, until it is revoked`,
    ok: seen === expected && shared && found,
    error: `${seen}; ${JSON.stringify(visits)}`,
  };
}

/** @param {string} folder @returns {Promise<Record<string, Next>>} */
async function workers(folder) {
  const script = await oneFile(join(programs, "worker.ts"));
  const names = [
    "kvStore",
    "encrypted(kvStore)",
    "cacheStore(caches)",
    "cacheStore(caches.default)",
  ];
  return Object.fromEntries(
    names.map((name) => [
      `workerd, ${name}`,
      async (authUrl, end) => {
        // A new runtime each time, so that only what is stored goes from one isolate to the next.
        const miniflare = new Miniflare({
          modules: true,
          script,
          compatibilityDate: "2026-07-01",
          kvNamespaces: ["TOKENS"],
          bindings: { KEY: key },
          kvPersist: join(folder, "kv"),
          cachePersist: join(folder, "cache"),
        });
        try {
          const query = new URLSearchParams({ url: authUrl, ...(end && { end: "yes" }) });
          const reply = await miniflare.dispatchFetch(`http://worker/${name}?${query}`);
          const text = await reply.text();
          if (!reply.ok) throw new Error(text);
          return JSON.parse(text);
        } finally {
          await miniflare.dispose();
        }
      },
    ]),
  );
}

/** @param {string} folder @param {string} control @returns {Promise<Record<string, Next>>} */
async function deno(folder, control) {
  const script = join(folder, "deno.mjs");
  writeFileSync(script, await oneFile(join(programs, "deno.ts"), ["deno", "import"]));
  const flags = [
    "--no-prompt",
    "--no-lock",
    "--no-config",
    "--unstable-kv",
    `--allow-net=${new URL(control).host}`,
    `--allow-read=${folder}`,
    `--allow-write=${folder}`,
  ];
  const program = join(rootDir, "node_modules/.bin/deno");
  /** @param {string} sealed @returns {Next} */
  const process = (sealed) => async (authUrl, end) => {
    const args = [join(folder, "tokens.db"), authUrl, sealed, ...(end ? ["end"] : [])];
    const env = {
      PATH: globalThis.process.env.PATH,
      DENO_DIR: join(rootDir, ".cache/deno"),
      NO_COLOR: "1",
    };
    const { stdout } = await promisify(execFile)(program, ["run", ...flags, script, ...args], {
      env,
    });
    return JSON.parse(stdout);
  };
  return { "Deno, denoKvStore": process(""), "Deno, encrypted(denoKvStore)": process(key) };
}
