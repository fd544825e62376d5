import { Turns } from "./turns.ts";

/** What is needed of a `DurableObjectState`. */
export interface VaultState {
  readonly storage: VaultStorage;
}

/** What is needed of a `DurableObjectStorage`. */
export interface VaultStorage {
  get<T>(key: string): Promise<T | undefined>;
  put<T>(key: string, value: T): Promise<void>;
  deleteAll(): Promise<void>;
  setAlarm(time: number): Promise<void>;
  deleteAlarm(): Promise<void>;
}

interface Entry {
  readonly value: string;
  /** When the value expires, in milliseconds of this object's clock. */
  readonly end: number;
  /** Whether somebody has read it. */
  readonly used: boolean;
}

/**
 * A Cloudflare Durable Object that keeps one token for all isolates of a Worker. Sessions use it
 * through `durableStore`. Export the class from the Worker, and bind it in the Worker's configuration
 * as a SQLite class (`new_sqlite_classes`), which takes tokens of up to 2 MB.
 *
 * An alarm deletes the token when it expires. A subclass with a `renew` method renews it before that:
 * when nine tenths of its life have passed, if somebody read it.
 *
 * @example
 * export class Vault extends TokenVault {
 *   // The Worker's own session, which stores its new token by durableStore(env.VAULT).
 *   renew() {
 *     return openSession(this.env).authenticate();
 *   }
 * }
 */
export class TokenVault<Env = unknown> {
  protected readonly env: Env;
  readonly #storage: VaultStorage;
  readonly #turns = new Turns();

  constructor(state: VaultState, env: Env) {
    this.#storage = state.storage;
    this.env = env;
  }

  /**
   * Authenticates, and stores the new token with `durableStore`, as every other session does. It does
   * not learn which token is about to expire, so it is meant for a Worker with one user and one scope.
   */
  renew?(): Promise<unknown>;

  /** Answers `durableStore`. */
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const [, subject, ticket = ""] = pathname.split("/");
    switch (`${request.method} ${subject}`) {
      case "GET token": {
        const value = await this.#read();
        return value === undefined ? done() : new Response(value);
      }
      case "PUT token":
        await this.#write(await request.text(), Number(searchParams.get("life")));
        return done();
      case "DELETE token":
        await this.#clear();
        return done();
      case "POST turn":
        await this.#turns.wait(ticket);
        return done();
      case "PUT turn":
        this.#turns.extend(ticket);
        return done();
      case "DELETE turn":
        this.#turns.end(ticket);
        return done();
      default:
        return new Response(null, { status: 404 });
    }
  }

  /** Called by the runtime when the token is to be renewed, or deleted. */
  async alarm(): Promise<void> {
    const entry = await this.#storage.get<Entry>(place);
    if (!entry || entry.end <= Date.now()) return this.#clear();
    await this.#storage.setAlarm(entry.end);
    if (!entry.used) return;
    try {
      await this.renew?.();
    } catch {
      // The token is good until it expires; the next session then logs in, and gets the error.
    }
  }

  async #read(): Promise<string | undefined> {
    const entry = await this.#storage.get<Entry>(place);
    if (!entry || entry.end <= Date.now()) return undefined;
    if (this.renew && !entry.used) await this.#storage.put(place, { ...entry, used: true });
    return entry.value;
  }

  async #write(value: string, life: number): Promise<void> {
    const end = Date.now() + Math.ceil(life);
    const entry: Entry = { value, end, used: false };
    const alarm = this.renew ? end - Math.ceil(life / 10) : end;
    // Without a wait in between, both are written or neither.
    await Promise.all([this.#storage.put(place, entry), this.#storage.setAlarm(alarm)]);
    // All sessions that wait find this token: they need not wait for one another.
    this.#turns.endAll();
  }

  async #clear(): Promise<void> {
    await Promise.all([this.#storage.deleteAlarm(), this.#storage.deleteAll()]);
  }
}

/** The name of the entry in the object's storage. */
const place = "token";

const done = () => new Response(null, { status: 204 });
