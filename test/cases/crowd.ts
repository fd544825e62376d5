/** Ten thousand callers at once, of whom all want what one login gives. */
import { assert } from "chai";
import type { Session } from "keystone-fetch";
import { type Case, type Env, inLane, pages, type Runtime, runtimes } from "../case.ts";
import { project, sessionAt, shortLived, sleep } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

/**
 * fetch with so many requests to the service under way at once, as an agent or a browser has it:
 * ten thousand sockets would be a test of the machine. A login need not queue behind them.
 */
function pooled(size: number, fetch = globalThis.fetch): typeof fetch {
  const waiting: (() => void)[] = [];
  let free = size;
  return async (input, init) => {
    if (!(input as Request).url.includes("/service-")) return fetch(input, init);
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await fetch(input, init);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}

/** Everybody asks the service at once; gives back how many had which status. */
async function ask(session: Session, url: string, callers: number) {
  const statuses: Record<number, number> = {};
  const one = async (index: number) => {
    const response = await session.fetch(`${url}/${index}`);
    statuses[response.status] = (statuses[response.status] ?? 0) + 1;
    if (response.ok) assert.equal((await response.json()).path, `/${index}`);
  };
  await Promise.all(Array.from({ length: callers }, (_, index) => one(index)));
  return statuses;
}

/** How many logins the server counted, and how often the service was asked with each token. */
async function counted(server: Faulty) {
  const log = await server.log();
  const tokens: Record<string, number> = {};
  for (const { token } of log) if (token) tokens[token] = (tokens[token] ?? 0) + 1;
  const logins = log.filter(({ path }) => path === "/v3/auth/tokens").length;
  return { logins, asked: Object.values(tokens) };
}

async function overAnExpiry(env: Env, callers: number) {
  const server = faulty(env, "ok");
  const fetch = pooled(64, shortLived(1));
  const session = sessionAt(server, { fetch, scope: project("demo") });
  await session.token();
  await sleep(1000);
  assert.equal(session.state.status, "expired");
  const statuses = await ask(session, server.at("service-ok"), callers);
  assert.deepEqual(statuses, { 200: callers });
  const { logins, asked } = await counted(server);
  assert.equal(logins, 2);
  assert.deepEqual(asked, [callers]);
}

async function overARevocation(env: Env, callers: number) {
  const server = faulty(env, "ok");
  const session = sessionAt(server, { fetch: pooled(64), scope: project("demo") });
  await session.token();
  const statuses = await ask(session, server.at("service-401-once"), callers);
  assert.deepEqual(statuses, { 200: callers });
  const { logins, asked } = await counted(server);
  assert.equal(logins, 2);
  // All had the revoked token, each was sent once more, and none twice.
  assert.deepEqual(asked, [callers, callers]);
}

/** Where connections are few, or slow: the edge runtime's are Node's behind a wall. */
const few: readonly Runtime[] = [...pages, "edge"];
const others = runtimes.filter((runtime) => !few.includes(runtime));

const cases: readonly Case[] = [
  {
    name: "10,000 callers over an expiry are one login",
    only: others,
    run: (env) => overAnExpiry(env, 10_000),
  },
  {
    name: "2,000 callers over a revocation are one login",
    only: others,
    run: (env) => overARevocation(env, 2000),
  },
  // Browsers open six connections to a server at once, and ask before each request.
  {
    name: "1,000 callers over an expiry are one login, where connections are few",
    only: few,
    run: (env) => overAnExpiry(env, 1000),
  },
  {
    name: "1,000 callers over a revocation are one login, where connections are few",
    only: few,
    run: (env) => overARevocation(env, 1000),
  },
];

export default inLane("alone", cases);
