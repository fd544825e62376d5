/** The types that callers of failures, states and services look for. */
import {
  type AnyKeystoneError,
  createSession,
  isKeystoneError,
  KeystoneError,
  type KeystoneErrorCode,
  type KyInstance,
  type LogEntry,
  type MultiFactorRequiredError,
  type RateLimitError,
  type SessionState,
  type Token,
  type TransportReason,
} from "keystone-fetch";
import { type Equals, is } from "./assert.ts";

declare const caught: unknown;
declare const token: Token;
declare const state: SessionState;

if (isKeystoneError(caught)) {
  is<Equals<typeof caught, AnyKeystoneError>>();
  is<Equals<typeof caught.code, KeystoneErrorCode>>();
  // A code narrows to its class.
  if (caught.code === "RateLimit") {
    is<Equals<typeof caught, RateLimitError>>();
    is<Equals<typeof caught.retryAfter, number | undefined>>();
  }
  if (caught.code === "MultiFactorRequired") {
    is<Equals<typeof caught, MultiFactorRequiredError>>();
    is<Equals<typeof caught.required, string[][]>>();
    is<Equals<typeof caught.receipt, string>>();
  }
  if (caught.code === "Transport") is<Equals<typeof caught.reason, TransportReason | undefined>>();
  // @ts-expect-error There is no such code.
  if (caught.code === "Typo") throw caught;
  // @ts-expect-error Only a RateLimitError has it.
  caught.retryAfter;
  switch (caught.code) {
    case "Forbidden":
    case "NotFound":
      is<Equals<typeof caught.status, number | undefined>>();
      break;
    // @ts-expect-error There is no such code either.
    case "NotFonud":
      break;
  }
}

// Every code has a class, and every class a code of its own.
is<Equals<AnyKeystoneError["code"], KeystoneErrorCode>>();
// @ts-expect-error A code is one of the list.
export const misspelt: KeystoneErrorCode = "Unauthorised";
export const base: KeystoneError = new KeystoneError("a message");
// @ts-expect-error What an error says is never changed.
base.status = 1;

// The scope of a token can be asked for each of its kinds.
is<Equals<typeof token.scope.project extends undefined ? true : false, false>>();
export const project: string | undefined = token.scope.project?.id;
export const domain: string | undefined = token.scope.domain?.name;
export const trust: string | undefined = token.scope.trust?.id;
export const system: "all" | undefined = token.scope.system;
// @ts-expect-error There is no such kind.
token.scope.group;

// A state is told apart by its status.
if (state.status === "expired") is<Equals<typeof state.reason, "time" | "rejected">>();
if (state.status === "unauthenticated") {
  // @ts-expect-error It has no token.
  state.token;
} else {
  is<Equals<typeof state.token, Token>>();
  is<Equals<typeof state.endsAt, Date>>();
}

const session = createSession({
  authUrl: "https://keystone.example/v3",
  log: (entry) => {
    is<Equals<typeof entry, LogEntry>>();
    is<Equals<typeof entry.kind, "login" | "discovery" | "call">>();
    is<Equals<typeof entry.code, KeystoneErrorCode | "Aborted" | undefined>>();
  },
});
export const nova: Promise<KyInstance> = session.service("compute");
is<Equals<(typeof session)["state"], SessionState>>();
