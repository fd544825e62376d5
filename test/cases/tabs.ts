/**
 * Those who share a store log in once, and notice what the others do: sessions of one process in every
 * runtime, and tabs of a browser, each a process of its own.
 */
import { assert } from "chai";
import * as core from "keystone-fetch";
import { revokeToken, type Session, type TokenStore, UnauthorizedError } from "keystone-fetch";
import { memoryStore } from "keystone-fetch/stores";
import { type Case, type Env, pages, runtimes } from "../case.ts";
import { failure, secret } from "../fixtures/failures.ts";
import { sessionAt, sleep } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

/** A peer that shares the store: a tab, or a session. */
interface Peer {
  /** Does something there. The function is sent as text, so it knows only what it is passed. */
  do<T>(work: (own: Own) => T | Promise<T>): Promise<T>;
  readonly end: () => void;
}

/** What each of them has. */
interface Own {
  readonly session: Session;
  /** The states that its listener saw. */
  readonly seen: string[];
  readonly stop: () => void;
}

/** How a peer begins; sent as text, too. */
function begin(
  { createSession, password }: Pick<typeof core, "createSession" | "password">,
  store: TokenStore,
  authUrl: string,
  secret: string,
  seconds?: number,
): Own {
  const auth = password({ name: "demo", domain: { id: "default" }, password: secret });
  const shortLived: typeof globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    const id = response.headers.get("X-Subject-Token");
    if (!id || response.status !== 201) return response;
    const body = await response.json();
    const end = Date.parse(body.token.issued_at) + Number(seconds) * 1000;
    body.token.expires_at = new Date(end).toISOString();
    return Response.json(body, { status: 201, headers: { "X-Subject-Token": id } });
  };
  const session = createSession({
    authUrl,
    auth,
    store,
    retry: 0,
    ...(seconds && { fetch: shortLived }),
  });
  const seen: string[] = [];
  return { session, seen, stop: session.subscribe(() => seen.push(session.state.status)) };
}

/** Several peers of one kind, at one server, whose tokens live for this many seconds. */
type Start = (server: Faulty, count: number, seconds?: number) => Promise<Peer[]>;

const sessions: Start = async ({ url }, count, seconds) => {
  const store = memoryStore();
  return Array.from({ length: count }, () => {
    const own = begin(core, store, `${url}/v3`, secret, seconds);
    return { do: async (work) => work(own), end: own.stop };
  });
};

const tabs: Start = ({ url }, count, seconds) => {
  const open = async (): Promise<Peer> => {
    const name = crypto.randomUUID();
    const script = `
      import * as core from "${location.origin}/dist/keystone-fetch.min.js";
      import { webStore } from "${location.origin}/dist/stores/index.js";
      const own = (${begin})(core, webStore(localStorage), "${url}/v3", "${secret}", ${seconds});
      const channel = new BroadcastChannel("${name}");
      channel.onmessage = async ({ data: { id, work } }) => {
        if (!work) return;
        if (work === "end") return close();
        const told = await (async () => ({ value: await (0, eval)(work)(own) }))().catch(
          (error) => ({ error: error.name + ": " + error.message }),
        );
        channel.postMessage({ id, ...told });
      };
      channel.postMessage({ id: 0 });
    `;
    const failed = `onerror = (error) => new BroadcastChannel("${name}").postMessage({ id: 0, error });`;
    const scripts = `<script>${failed}</script><script type="module">${script}</script>`;
    const page = new Blob([`<title>tab</title>${scripts}`], { type: "text/html" });
    const channel = new BroadcastChannel(name);
    let last = 0;
    const answer = <T>(id: number, work?: string) =>
      new Promise<T>((resolve, reject) => {
        channel.addEventListener("message", ({ data }) => {
          if (data.id !== id || data.work) return;
          if (data.error) reject(new Error(data.error));
          else resolve(data.value);
        });
        if (work) channel.postMessage({ id, work });
      });
    const ready = answer<void>(0);
    // Without an opener it is a process of its own.
    window.open(URL.createObjectURL(page), "_blank", "noopener");
    await ready;
    return {
      do: (work) => answer(++last, `(${work})`),
      end() {
        channel.postMessage({ id: 0, work: "end" });
        channel.close();
      },
    };
  };
  return Promise.all(Array.from({ length: count }, open));
};

const logins = async (server: Faulty) =>
  (await server.log()).filter(({ method, path }) => method === "POST" && path === "/v3/auth/tokens")
    .length;

/** What both kinds have in common, as a story, which may go on for a while. */
const stories: Record<string, (peers: readonly Peer[], server: Faulty) => Promise<void>> = {
  "log in once, however many ask at the same moment": async (peers, server) => {
    const ids = await Promise.all(
      peers.map((peer) => peer.do(({ session }) => session.token().then(({ id }) => id))),
    );
    assert.equal(new Set(ids).size, 1);
    assert.equal(await logins(server), 1);
  },
  "renew once, however many meet the 401 at the same moment": async (peers, server) => {
    const [id = ""] = await tokens(peers);
    await revokeToken(sessionAt(server), id);
    const found = await Promise.all(
      peers.map((peer) =>
        peer.do(({ session }) => session.projects().then(({ length }) => length)),
      ),
    );
    assert.deepEqual(
      found,
      peers.map(() => 1),
    );
    assert.equal(await logins(server), 3); // the first one's, the revoking one's, and the renewal
  },
  "hear of a renewal, and are not signed out by it": async (peers, server) => {
    const [id = ""] = await tokens(peers);
    await revokeToken(sessionAt(server), id);
    await peers[0]?.do(({ session }) => session.projects());
    const before = await server.log();
    for (const peer of peers) {
      await inTime(async () => (await tokenOf(peer)) !== id);
      assert.notInclude(await peer.do(({ seen }) => seen), "unauthenticated");
    }
    assert.lengthOf(await server.log(), before.length);
  },
  "are signed out together, and stay so": async (peers, server) => {
    await tokens(peers);
    await peers[0]?.do(({ session }) => session.revoke());
    for (const peer of peers) await inTime(async () => (await statusOf(peer)) === signedOut);
    await sleep(700);
    for (const peer of peers) assert.equal(await statusOf(peer), signedOut);
    assert.lengthOf(await server.log(), 2); // a login and a sign-out
  },
  "don't drive each other on, if all sign in again by themselves": async (peers, server) => {
    await tokens(peers);
    for (const peer of peers) {
      await peer.do(({ session }) => {
        session.subscribe(() => {
          if (session.state.status !== "scoped") session.token().catch(() => undefined);
        });
      });
    }
    await peers[0]?.do(({ session }) => session.revoke());
    await sleep(1500);
    const sent = await server.log();
    assert.isAtMost(await logins(server), 1 + peers.length);
    await sleep(500);
    assert.lengthOf(await server.log(), sent.length);
  },
  "without a listener find out by their next call, and begin anew": async (peers, server) => {
    await tokens(peers);
    for (const peer of peers) await peer.do(({ stop }) => stop());
    await peers[0]?.do(({ session }) => session.revoke());
    for (const peer of peers) {
      assert.equal(await peer.do(({ session }) => session.projects().then((all) => all.length)), 1);
    }
    assert.equal(await logins(server), 2);
  },
};

/** The id of each one's token. */
const tokens = (peers: readonly Peer[]) => Promise.all(peers.map(tokenOf));

const tokenOf = (peer: Peer) => peer.do(({ session }) => session.token().then(({ id }) => id));

const statusOf = (peer: Peer) => peer.do(({ session }) => session.state.status);

const signedOut = "unauthenticated";

/** The others notice soon what one does, and on a busy machine somewhat later. */
async function inTime(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await isSo())) {
    assert.isBelow(Date.now(), end, "they did not hear of it");
    await sleep(50);
  }
}

async function tell(start: Start, env: Env, story: (typeof stories)[string]): Promise<void> {
  // The answer is late, so that the others ask while the first one waits.
  const server = faulty(env, "late");
  const peers = await start(server, 3);
  try {
    await story(peers, server);
  } finally {
    for (const peer of peers) peer.end();
  }
}

/** A session with the store that all have, in the way of a Worker's isolates: no lock, no watch. */
const isolate = ({ url }: Faulty, { get, set, delete: remove }: TokenStore) =>
  begin(core, { get, set, delete: remove }, `${url}/v3`, secret).session;

const cases: readonly Case[] = [
  ...Object.entries(stories).map(([name, story]) => ({
    name: `sessions ${name}`,
    run: (env: Env) => tell(sessions, env, story),
  })),
  ...Object.entries(stories).map(([name, story]) => ({
    name: `tabs ${name}`,
    only: pages,
    run: (env: Env) => tell(tabs, env, story),
  })),
  ...Object.entries({ sessions, tabs }).map(([name, start]) => ({
    name: `${name} that renew as soon as the time is over do so once each time`,
    only: name === "tabs" ? pages : runtimes,
    async run(env: Env) {
      const server = faulty(env, "ok");
      const peers = await start(server, 2, 1);
      for (const peer of peers) {
        await peer.do(({ session }) => {
          session.subscribe(() => {
            if (session.state.status === "expired") session.token().catch(() => undefined);
          });
        });
      }
      const began = Date.now();
      await tokens(peers);
      await inTime(async () => (await logins(server)) >= 4);
      // One of them may be asked while the other renews.
      await inTime(async () => new Set(await tokens(peers)).size === 1);
      const count = await logins(server);
      for (const peer of peers) peer.end();
      assert.isAtMost(count, 1 + (Date.now() - began) / 900); // none before its time is over
    },
  })),
  {
    name: "isolates that start one after another with one store log in once",
    async run(env) {
      const server = faulty(env, "ok");
      const store = memoryStore();
      for (let i = 0; i < 10; i++) assert.lengthOf(await isolate(server, store).projects(), 1);
      assert.equal(await logins(server), 1);
      const dead = await isolate(server, store).token();
      await revokeToken(sessionAt(server), dead.id);
      for (let i = 0; i < 10; i++) assert.lengthOf(await isolate(server, store).projects(), 1);
      assert.equal(await logins(server), 3); // one was the revoking one's
    },
  },
  ...[
    { how: "fails", lock: () => Promise.reject(new Error("no locks here")) },
    { how: "throws", lock: () => assert.fail("no locks here") },
    { how: "is never given", lock: () => new Promise<never>(() => undefined) },
  ].map(({ how, lock }) => ({
    name: `a lock that ${how} is as good as none`,
    async run(env: Env) {
      const session = sessionAt(faulty(env, "ok"), { store: { ...memoryStore(), lock } });
      const done = session.token().then(({ user }) => user.name);
      assert.equal(await Promise.race([done, sleep(6000)]), "demo");
    },
  })),
  {
    name: "a login that fails under the lock fails as it would without, and frees the lock",
    async run(env) {
      const server = faulty(env, "401-once");
      const store = memoryStore();
      const [one, two] = [sessionAt(server, { store }), sessionAt(server, { store })];
      await failure(one.token(), UnauthorizedError);
      assert.equal((await two.token()).user.name, "demo");
    },
  },
];

export default cases;
