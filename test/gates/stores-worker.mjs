/** examples/worker with its vault: several isolates, one login, also after a 401 in each of them. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { checks } from "../examples/check.mjs";
import { startUpstream } from "../examples/upstream.mjs";
import { startWorkers } from "../examples/worker.mjs";

const names = ["one", "two", "three", "four"];

/** @type {import("../runners/gates.mjs").Gate} */
export default async function storesWorker({ env }) {
  const { demo } = env.accounts;
  const upstream = await startUpstream();
  const bindings = {
    OS_AUTH_URL: `${env.keystone}/v3`,
    OS_USERNAME: demo.name,
    OS_PASSWORD: demo.password,
    OS_PROJECT_NAME: "web",
    OS_PLACEMENT_ENDPOINT_OVERRIDE: upstream.url,
    ACCESS_TOKEN: crypto.randomUUID(),
    TOKENS_KEY: randomBytes(32).toString("base64"),
  };
  const workers = await startWorkers(
    Object.fromEntries(names.map((name) => [name, bindings])),
    "durable",
  );
  /** @param {number} worker by number @param {string} path */
  const ask = async (worker, path) => {
    const { origin } = await workers.urlOf(names[worker % names.length] ?? "");
    const headers = { Authorization: `Bearer ${bindings.ACCESS_TOKEN}` };
    const answer = await fetch(`${origin}${path}`, { headers });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return text;
  };
  /** @param {() => unknown} work */
  const loginsDuring = async (work) => {
    const before = await logins(env.control);
    await work();
    return (await logins(env.control)) - before;
  };
  try {
    return await checks({
      "of 100 requests at once to four isolates, one logs in": async () => {
        const count = await loginsDuring(async () => {
          const all = Array.from({ length: 100 }, (_, i) => ask(i, "/me"));
          assert.equal(new Set(await Promise.all(all)).size, 1);
        });
        assert.equal(count, 1);
      },
      "a token that a service refused to each isolate is renewed by one of them": async () => {
        const count = await loginsDuring(async () => {
          for (const [worker, name] of names.entries()) {
            await ask(worker, `/placement/traits?refuse=${name}`);
          }
        });
        assert.equal(count, 1);
      },
      "what it has in mind serves without the vault, and is the new token": async () => {
        const count = await loginsDuring(async () => {
          const all = names.map((_, worker) => ask(worker, "/me"));
          assert.equal(new Set(await Promise.all(all)).size, 1);
        });
        assert.equal(count, 0);
      },
    });
  } finally {
    await Promise.all([workers.stop(), upstream.stop()]);
  }
}

/** @param {string} control @returns {Promise<number>} */
async function logins(control) {
  /** @type {string[]} */
  const lines = await (await fetch(`${control}/requests`)).json();
  return lines.filter((line) => line === "POST keystone /v3/auth/tokens").length;
}
