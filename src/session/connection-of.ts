import { expect } from "../expect.ts";
import type { Connection } from "../transport/connection.ts";

/** The same in every copy of the package, since its entries may be loaded from different files. */
const key = Symbol.for("keystone-fetch.connection");

/** Lets the other entries ask a session's Keystone without a token. */
export function withConnection<S extends object>(session: S, connection: Connection): S {
  return Object.defineProperty(session, key, { value: connection });
}

/** @throws {OptionsError} if `createSession()` did not make it. */
export function connectionOf(session: object): Connection {
  const connection = (session as { [key]?: Connection } | undefined)?.[key];
  expect(connection, "session", "a session from createSession()");
  return connection;
}
