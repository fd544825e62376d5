import { expect } from "../expect.ts";
import type { Keystone } from "../transport/keystone.ts";

/** The same in every copy of the package: the entries may come from different files. */
const key = Symbol.for("keystone-fetch.anonymous");

/** Lets the other entries ask a session's Keystone without a token; no log shows it. */
export function withAnonymous<S extends object>(session: S, keystone: Keystone): S {
  return Object.defineProperty(session, key, { value: keystone });
}

/** @throws {OptionsError} for what `createSession()` did not make. */
export function anonymous(session: object): Keystone {
  const keystone = (session as { [key]?: Keystone })[key];
  expect(keystone, "session", "one of createSession()'s");
  return keystone;
}
