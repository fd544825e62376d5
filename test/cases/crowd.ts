/**
 * Ten thousand concurrent callers, for whom one login is enough. Logins are counted at the server. The
 * service for ten thousand is in this process, since that many sockets would test the machine; a
 * thousand callers also have a real one.
 */
import { assert } from "chai";
import type { Session } from "keystone-fetch";
import { type Case, type Env, inLane } from "../case.ts";
import { project, sessionAt, shortLived, sleep } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

/**
 * A fetch with a limited number of concurrent requests to the service, like an agent or a browser: ten
 * thousand sockets would test the machine. A login does not queue behind them.
 */
function pooled(size: number, fetch = globalThis.fetch): typeof fetch {
  const waiting: (() => void)[] = [];
  let free = size;
  return async (input, init) => {
    if (!String(input).includes("/service-")) return fetch(input, init);
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

/** Everybody calls the service at once; returns how many got which status. */
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

/** How often the service was asked with each token. */
type Asked = () => Promise<number[]>;

/** How fetch reaches the service, and what the service saw. */
type Service = (server: Faulty) => { fetch: (own?: typeof fetch) => typeof fetch; asked: Asked };

const counts = (tokens: (string | null | undefined)[]): number[] => {
  const found = new Map<string, number>();
  for (const token of tokens) if (token) found.set(token, (found.get(token) ?? 0) + 1);
  return [...found.values()];
};

const real: Service = (server) => ({
  fetch: (own) => pooled(64, own),
  asked: async () => counts((await server.log()).map(({ token }) => token)),
});

/** "service-401-once" refuses the first token that it sees, as the service in this process does. */
const within: Service = () => {
  const tokens: (string | null)[] = [];
  // One timer for all, since workerd allows no more than ten thousand.
  let answer: Promise<void> | undefined;
  return {
    fetch:
      (own = fetch) =>
      async (input, init) => {
        const url = String(input);
        const headers = new Headers(init?.headers);
        const [, name, path] = /\/(service-[^/]+)\/[^/]+(\/.*)/.exec(url) ?? [];
        if (!name) return own(input, init);
        const token = headers.get("X-Auth-Token");
        tokens.push(token);
        answer ??= sleep(5).then(() => {
          answer = undefined;
        });
        await answer;
        return name === "service-401-once" && token === tokens[0]
          ? new Response("{}", { status: 401 })
          : Response.json({ path });
      },
    asked: async () => counts(tokens),
  };
};

const logins = async (server: Faulty) =>
  (await server.log()).filter(({ path }) => path === "/v3/auth/tokens").length;

async function overAnExpiry(env: Env, callers: number, service: Service) {
  const server = faulty(env, "ok");
  const { fetch, asked } = service(server);
  const session = sessionAt(server, { fetch: fetch(shortLived(1)), scope: project("demo") });
  await session.token();
  await sleep(1000);
  assert.equal(session.state.status, "expired");
  assert.deepEqual(await ask(session, server.at("service-ok"), callers), { 200: callers });
  assert.equal(await logins(server), 2);
  assert.deepEqual(await asked(), [callers]);
}

async function overARevocation(env: Env, callers: number, service: Service) {
  const server = faulty(env, "ok");
  const { fetch, asked } = service(server);
  const session = sessionAt(server, { fetch: fetch(), scope: project("demo") });
  await session.token();
  assert.deepEqual(await ask(session, server.at("service-401-once"), callers), { 200: callers });
  assert.equal(await logins(server), 2);
  // All had the revoked token, and each was sent again exactly once.
  assert.deepEqual(await asked(), [callers, callers]);
}

/** So many take a few seconds, so one runtime of each kind is enough. */
const only = ["node", "workerd", "chromium"] as const;

const cases: readonly Case[] = [
  {
    name: "10,000 callers over an expiry are one login",
    only,
    run: (env) => overAnExpiry(env, 10_000, within),
  },
  {
    name: "10,000 callers over a revocation are one login",
    only,
    run: (env) => overARevocation(env, 10_000, within),
  },
  {
    name: "1,000 callers of a real service over an expiry are one login",
    run: (env) => overAnExpiry(env, 1000, real),
  },
  {
    name: "1,000 callers of a real service over a revocation are one login",
    run: (env) => overARevocation(env, 1000, real),
  },
];

export default inLane("alone", cases);
