import type { Hooks, KyInstance, ResponsePromise } from "ky";
import { expectSession } from "../../expect.ts";
import type { CallOptions, Session } from "../../session/contract.ts";
import { expectOptions } from "./call-options.ts";

type Method = "get" | "post" | "put" | "patch" | "delete";

/** What a request carries, besides what its caller gave as options. */
export interface Parts {
  readonly method?: Method;
  readonly json?: unknown;
  readonly searchParams?: URLSearchParams;
  readonly headers?: Record<string, string>;
  readonly hooks?: Hooks;
  readonly throwHttpErrors?: (status: number) => boolean;
  /** How often it is tried again. Default: as the session has it. */
  readonly retry?: number;
  /** Milliseconds that each try may take at the least, where the session grants fewer. */
  readonly minTimeout?: number;
  /** The names of the options that this call takes besides `signal`. */
  readonly options?: readonly string[];
}

/**
 * For requests that would collide with their own result if they were sent again after a lost answer.
 */
export const noRetry = { retry: 0 };

/** Reads an answer as ky does it, with a deadline: the reading of a Response by itself has none. */
export type Read<T> = (reply: ResponsePromise) => Promise<T>;

export const readJson: Read<unknown> = (reply) => reply.json();

/**
 * One request to the Identity API, at the address that the session itself uses.
 *
 * @throws {OptionsError} for an option that the call does not take.
 */
export async function send<T>(
  session: Session,
  path: string,
  options: CallOptions | undefined,
  read: Read<T>,
  { method = "get", minTimeout = 0, options: more, ...parts }: Parts = {},
): Promise<T> {
  expectSession(session);
  expectOptions(options, more);
  const { signal } = options ?? {};
  const keystone = await session.service("identity", { signal });
  const client = minTimeout > 0 ? withMinTimeout(keystone, minTimeout) : keystone;
  return read(client(path, { method, ...parts, signal: signal ?? null }));
}

/** The same with longer tries; if a session's `timeout` is false, there is no limit anyway. */
function withMinTimeout(keystone: KyInstance, minTimeout: number): KyInstance {
  const atLeast = (given: number | false, least: number) =>
    given === false ? given : Math.max(given, least);
  return keystone.extend(({ timeout = 0, totalTimeout = 0 }) => ({
    timeout: atLeast(timeout, minTimeout),
    totalTimeout: atLeast(totalTimeout, 2 * minTimeout),
  }));
}
