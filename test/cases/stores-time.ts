/** Stored tokens and time: a clock that was set, a slow store, an unreadable entry. */
import { assert } from "chai";
import { revokeToken, type TokenStore } from "keystone-fetch";
import { encrypted } from "keystone-fetch/stores";
import type { Case, Env } from "../case.ts";
import { mapStore, project, sessionAt, sleep, watched } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const hour = 3_600_000;

/** A store that holds a token, whose entry was changed. */
async function changed(env: Env, change: (entry: Record<string, unknown>) => void) {
  const store = mapStore();
  const server = faulty(env, "ok");
  const open = () => sessionAt(server, { store, scope: project("demo") });
  await open().token();
  for (const [key, value] of store.map) {
    const entry = JSON.parse(value);
    change(entry);
    store.map.set(key, JSON.stringify(entry));
  }
  return { open, server, store };
}

const endOf = (state: object) => ("endsAt" in state ? (state.endsAt as Date).getTime() : 0);

const cases: readonly Case[] = [
  {
    name: "a receipt in the future, or a long life, prolongs no token",
    async run(env) {
      const forgeries: ((entry: Record<string, unknown>) => void)[] = [
        (entry) => Object.assign(entry, { receivedAt: Date.now() + 365 * 24 * hour }),
        (entry) => Object.assign(entry, { life: 365 * 24 * hour }),
        (entry) => Object.assign(entry, { receivedAt: Date.now() + 1e15, life: 1e15 }),
      ];
      for (const forge of forgeries) {
        const { open } = await changed(env, forge);
        const session = open();
        await session.restore();
        assert.isAtMost(endOf(session.state), Date.now() + hour);
      }
    },
  },
  {
    name: "an entry with invalid times, id or document is not used",
    async run(env) {
      const odd: Record<string, unknown>[] = [
        { receivedAt: -1 },
        { receivedAt: "now" },
        { receivedAt: null },
        { life: Number.NaN },
        { life: "3600" },
        { id: "a\nb" },
        { id: 7 },
        { document: {} },
        { document: { token: { user: {} } } },
        { key: "another" },
        { version: 0 },
      ];
      for (const fields of odd) {
        const { open } = await changed(env, (entry) => Object.assign(entry, fields));
        const session = open();
        assert.isFalse(await session.restore(), JSON.stringify(fields));
        assert.equal((await session.token()).user.name, "demo");
      }
    },
  },
  {
    name: "a set() that takes longer than the session waits does not land after revoke()",
    async run(env) {
      const map = new Map<string, string>();
      let isSlow = true;
      const store: TokenStore = {
        get: (key) => map.get(key),
        set: async (key, value) => {
          if (isSlow) await sleep(3000);
          map.set(key, value);
        },
        delete: (key) => map.delete(key),
      };
      const session = sessionAt(faulty(env, "ok"), { store });
      await session.token();
      await session.revoke();
      isSlow = false;
      await sleep(2500);
      assert.isEmpty([...map.keys()]);
    },
  },
  {
    name: "an entry that no key decrypts is not a sign-out for those who share the store",
    async run(env) {
      const inner = mapStore();
      const keys = await Promise.all([newKey(), newKey()]);
      const [ours, theirs] = keys.map((key) => encrypted(inner, key)) as [TokenStore, TokenStore];
      const told: (() => void)[] = [];
      const store: TokenStore = {
        ...ours,
        watch: (_, changed) => {
          told.push(changed);
          return () => undefined;
        },
      };
      const server = faulty(env, "ok");
      const session = sessionAt(server, { store });
      const { seen, stop } = watched(session);
      const { id } = await session.token();
      await sessionAt(server, { store: theirs }).token();
      for (const changed of told) changed();
      await sleep(100);
      stop();
      assert.deepEqual(seen, ["scoped"]);
      assert.equal((await session.token()).id, id);
    },
  },
  {
    name: "a watch() that throws, or returns what rejects, costs the news of other sessions alone",
    async run(env) {
      const fails = (): never => {
        throw new Error("no news");
      };
      const rejects = (async () => fails()) as unknown as () => () => void;
      for (const watch of [fails, rejects]) {
        const session = sessionAt(faulty(env, "ok"), { store: { ...mapStore(), watch } });
        const { seen, stop } = watched(session);
        await session.token();
        stop();
        assert.deepEqual(seen, ["scoped"]);
      }
    },
  },
  {
    name: "a token that was revoked elsewhere is not taken up again by the session that saw it",
    async run(env) {
      const store = mapStore();
      const server = faulty(env, "ok");
      const session = sessionAt(server, { store, scope: project("demo") });
      const { id } = await session.token();
      const saved = [...store.map];
      await revokeToken(session, id);
      await session.projects();
      for (const [key, value] of saved) store.map.set(key, value);
      await session.restore();
      assert.notEqual((await session.token()).id, id);
    },
  },
];

const newKey = () =>
  crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

export default cases;
