import type { KyInstance } from "ky";
import { splitVersion } from "../catalog/version.ts";
import { type ClientOptions, createClient } from "./client.ts";
import { findVersion } from "./discover.ts";
import { guardedFetch } from "./guarded-fetch.ts";

/** A Keystone that a session, and all that it was rescoped to, talk to. */
export interface Keystone {
  readonly send: ReturnType<typeof guardedFetch>;
  /** For what needs no token of the session's. */
  readonly client: KyInstance;
  /** The v3 address: an auth URL that ends in /v3 at its word, any other asked once. */
  readonly base: () => Promise<string>;
}

export function connect(
  authUrl: string,
  fetch: typeof globalThis.fetch | undefined,
  options: ClientOptions,
): Keystone {
  const send = guardedFetch(fetch);
  const client = createClient(send, { ...options, retryPost: true });
  const [base, version] = splitVersion(authUrl);
  let found = version === "v3" && `${base}/v3`;
  return {
    send,
    client,
    base: async () => {
      found ||= await findVersion(client, `${base}/`, 3);
      // A version document may leave its links out.
      return splitVersion(found)[1] ? found : `${found}/v3`;
    },
  };
}
