import type { KyInstance } from "ky";
import { splitVersion } from "../catalog/api-version.ts";
import { copyOf, NotFoundError, ResponseError, UnauthorizedError } from "../errors.ts";
import { createSingleFlight } from "../single-flight.ts";
import { createClient } from "./client.ts";
import type { ClientOptions } from "./client-options.ts";
import { findVersion } from "./discover.ts";
import { type FetchOptions, guardedFetch, type Send } from "./guarded-fetch.ts";
import type { RequestKind } from "./log-entry.ts";

/** The Keystone that a session and those rescoped from it talk to. */
export interface Connection {
  /** The auth URL as it was given. */
  readonly authUrl: string;
  readonly send: Send;
  /** Calls that don't need the session's token, such as revoking one. */
  readonly client: KyInstance;
  /** Logins: sent again if the answer was lost. */
  readonly loginClient: KyInstance;
  /** Version documents. */
  readonly discoveryClient: KyInstance;
  /**
   * The v3 address: an auth URL that ends in /v3 is used as it is; otherwise the server is asked once
   * for its versions.
   */
  readonly identityUrl: (signal?: AbortSignal) => Promise<string>;
}

/** What a connection is made from. */
export interface ConnectionOptions extends ClientOptions, FetchOptions {
  readonly authUrl: string;
}

/** Connects to a Keystone. Nothing is sent before it is needed. */
export function createConnection(options: ConnectionOptions): Connection {
  const { authUrl } = options;
  const send = guardedFetch(options);
  const clientFor = (kind: RequestKind) =>
    createClient((request, attempt) => send(request, { kind, attempt }), options, {
      retryPost: kind === "login",
    });
  const discoveryClient = clientFor("discovery");
  const [base, version] = splitVersion(authUrl);
  let found = version?.toLowerCase() === "v3" ? `${base}/${version}` : "";
  /** Concurrent first callers share one discovery. */
  const discovery = createSingleFlight(async (signal) => {
    const { url } = await findVersion(discoveryClient, `${base}/`, 3, { signal }).catch(explain);
    // A version document may omit its links.
    found = splitVersion(url)[1] ? url : `${url}/v3`;
    return found;
  });
  return {
    authUrl,
    send,
    client: clientFor("call"),
    loginClient: clientFor("login"),
    discoveryClient,
    identityUrl: async (signal) => found || discovery.join(signal),
  };
}

/** The address is wrong, not the password: none was sent. */
function explain(error: unknown): never {
  const isAddress =
    error instanceof UnauthorizedError ||
    error instanceof NotFoundError ||
    error instanceof ResponseError;
  if (!isAddress) throw error;
  const message = `${error.message}. Is authUrl the address of a Keystone?`;
  if (error instanceof UnauthorizedError) throw copyOf(error, message, ResponseError);
  throw copyOf(error, message);
}
