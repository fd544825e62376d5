import type { KeystoneErrorCode } from "../error-details.ts";
import { repeatsSecret } from "../redact.ts";
import type { Secrets } from "../secrets-of.ts";

/** What a request was for: a token, a server's versions, or anything else. */
export type RequestKind = "login" | "discovery" | "call";

/** One request that was sent. It holds no header, body or query, and so no secret. */
export interface LogEntry {
  readonly kind: RequestKind;
  readonly method: string;
  /** Without its query and fragment. */
  readonly url: string;
  /** The status of the reply; absent if there was none. */
  readonly status?: number | undefined;
  /** The code of the error if there was no reply; `"Aborted"` for the caller's own abort. */
  readonly code?: KeystoneErrorCode | "Aborted" | undefined;
  /** From sending the request to receiving the reply's headers. */
  readonly milliseconds: number;
  /** 1 for the first time that a request is sent, 2 for its first retry … */
  readonly attempt: number;
  /** The request's id, by which an operator finds it in the logs. */
  readonly requestId?: string | undefined;
}

/** Called for each request that was sent. */
export type Log = (entry: LogEntry) => void;

/** Calls the log. If that throws, no request fails, but the error is not lost either. */
export function report(log: Log, entry: LogEntry): void {
  try {
    log(Object.freeze(entry));
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** In a request: the global id, for all that one call sets off. In a reply: that request's own. */
export const idHeader = "X-Openstack-Request-Id";

const idHeaders = [idHeader, "X-Compute-Request-Id", "X-Trans-Id", "X-Request-Id"];

/**
 * The id of a request in the form of its service: `req-…` or, for Swift and Ceph, `tx…`. One that
 * repeats a secret does not count.
 */
export function requestIdOf(headers: Headers, secrets: Secrets): string | undefined {
  for (const name of idHeaders) {
    // A proxy may have added an id of its own.
    const [id] = headers.get(name)?.split(",") ?? [];
    if (id && /^[\w.-]{4,100}$/.test(id) && !repeatsSecret(id, secrets.values)) return id;
  }
  return undefined;
}
