import type { KyInstance } from "ky";
import { splitVersion } from "../catalog/version.ts";
import { createFlight } from "../flight.ts";
import { type ClientOptions, createClient } from "./client.ts";
import { findVersion } from "./discover.ts";
import { guardedFetch, type Send } from "./guarded-fetch.ts";

/** A Keystone that a session, and all that it was rescoped to, talk to. */
export interface Keystone {
  readonly send: Send;
  /** For what needs no token of the session's. */
  readonly client: KyInstance;
  /** The v3 address: an auth URL that ends in /v3 at its word, any other asked once. */
  readonly base: (signal?: AbortSignal) => Promise<string>;
}

export function connect(
  authUrl: string,
  fetch: typeof globalThis.fetch | undefined,
  options: ClientOptions,
): Keystone {
  const send = guardedFetch(fetch);
  const client = createClient((request) => send(() => request.clone()), options);
  const { base, version } = splitVersion(authUrl);
  const search = createFlight<string>();
  let found = version === "v3" ? `${base}/v3` : undefined;
  return {
    send,
    client,
    base: async (signal) => {
      found ??= await search.join(
        (signal) => findVersion(client, `${base}/`, "identity", 3, signal),
        signal,
      );
      // A version document may leave its links out.
      return splitVersion(found).version ? found : `${found}/v3`;
    },
  };
}
