/** A store that several tabs share, with what can go wrong with one. */
import type { TokenStore } from "../../src/session/token-store.ts";
import type { Clock } from "./clock.ts";
import { mark } from "./secrets.ts";

/** How long a tab waits for a lock before it works without. */
const patience = 5000;

/** How it behaves: `locked` has what Web Locks and storage events give. */
export type StoreKind = "none" | "plain" | "locked";
export type StoreMood = "fine" | "throws" | "rejects" | "hangs" | "slow";

export type SharedStore = ReturnType<typeof createStore>;

export function createStore(kind: StoreKind, clock: Clock) {
  const values = new Map<string, string>();
  const watchers = new Map<(key: string) => void, number>();
  /** Every token that was ever in it: what a tab may come by without a login. */
  const ever = new Set<string>();
  let mood: StoreMood = "fine";
  let troubled = false;
  /** By tab and scope: since when it asks for the lock, and when in the order of things it got it. */
  const locks = new Map<string, { asked: number; got?: number }>();
  const lines = new Map<string, Promise<unknown>>();
  /** When in that order each token was stored. */
  const order = new Map<string, number>();
  let events = 0;

  async function use<T>(work: () => T): Promise<T> {
    if (mood === "rejects") throw new Error(`quota ${mark}`);
    if (mood === "hangs") await new Promise(() => undefined);
    if (mood === "slow") await new Promise<void>((resolve) => clock.after(300, resolve));
    return work();
  }

  /** The store as one tab sees it. */
  function of(tab: number): TokenStore | undefined {
    if (kind === "none") return undefined;
    // Half of the moods are at once, like sessionStorage; the others are promises.
    const act = <T>(work: () => T): T | Promise<T> => {
      if (mood === "throws") throw new Error(`denied ${mark}`);
      return mood === "fine" ? work() : use(work);
    };
    const tell = (key: string) => {
      for (const [changed, owner] of watchers) {
        // The others notice a little later, as with storage events.
        if (owner !== tab) clock.after(1, () => watchers.has(changed) && changed(key));
      }
    };
    const store: TokenStore = {
      get: (key) => act(() => values.get(key)),
      set: (key, value) =>
        act(() => {
          values.set(key, value);
          for (const id of idsIn(value)) {
            ever.add(id);
            order.set(id, ++events);
          }
          tell(key);
        }),
      delete: (key) => act(() => values.delete(key) && tell(key)),
    };
    if (kind === "plain") return store;
    return {
      ...store,
      lock: async (key, work) => {
        const own = `${tab} ${scopeOf(key)}`;
        const asked = clock.passed();
        locks.set(own, { asked });
        const turn = (lines.get(key) ?? Promise.resolve()).then(() => {
          // A tab that waited too long has begun without it.
          if (clock.passed() - asked < patience) locks.set(own, { asked, got: ++events });
          return work();
        });
        const end = () => void locks.delete(own);
        lines.set(key, turn.then(end, end));
        return turn;
      },
      watch: (key, changed) => {
        const own = (other: string) => other === key && changed();
        watchers.set(own, tab);
        return () => void watchers.delete(own);
      },
    };
  }

  return {
    kind,
    of,
    ever,
    /** Why a tab may not renew now, of those with whom it shares the lock. */
    forbids: (tab: number, scope: string, good: (id: string) => boolean): string | undefined => {
      const { asked = clock.passed(), got } = locks.get(`${tab} ${scope}`) ?? {};
      if (got === undefined)
        return clock.passed() - asked < patience ? "without a lock" : undefined;
      const older = (id: string) => (order.get(id) ?? 0) < got && good(id);
      const found = [...values.values()].flatMap(idsIn).find(older);
      return found && `though ${found} is in the store`;
    },
    /** Whether one can't tell any more what a tab finds in it, and when. */
    troubled: () => troubled,
    trouble: () => {
      troubled = true;
    },
    set: (to: StoreMood) => {
      mood = to;
      troubled ||= to !== "fine";
    },
    damage: (how: (value: string) => string) => {
      troubled = true;
      for (const [key, value] of values) values.set(key, how(value));
    },
  };
}

const scopeOf = (key: string) => /"project":{"id":"(p\d+)"/.exec(key)?.[1] ?? "unscoped";

const idsIn = (value: string) => value.match(new RegExp(`${mark}\\.\\d+`, "g")) ?? [];
