import { HTTPError, NetworkError, TimeoutError } from "ky";
import {
  BadRequestError,
  ConflictError,
  ForbiddenError,
  KeystoneError,
  MultiFactorRequiredError,
  NotFoundError,
  RateLimitError,
  ServerError,
  TransportError,
  UnauthorizedError,
} from "../errors.ts";
import { isRecord } from "../is-record.ts";
import { repeatsSecret, showWords } from "../redact.ts";
import { type Secrets, secretsOf } from "../secrets-of.ts";
import { requestIdOf } from "./log-entry.ts";
import { describeRequest } from "./request.ts";
import { titleOf, wordsOf } from "./server-words.ts";

const classes: Readonly<Record<number, typeof KeystoneError>> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
  // Swift's, older than 429 and kept for good.
  498: RateLimitError,
};

/**
 * The border for everything that ky throws. Its errors carry the request's body and headers, so they
 * end here: only status, words and request id are passed on. What is not ky's (the caller's own abort
 * reason, our own errors) passes untouched.
 *
 * @param headers those that were sent, with the token among them
 * @param body what was sent, as far as it is known
 */
export function asKeystoneError(error: Error, headers: Headers | undefined, body: unknown): Error {
  if (error instanceof TimeoutError) {
    const message = `${describeRequest(error.request)}: timed out`;
    return new TransportError(message, { reason: "timeout" });
  }
  // ky takes an abort reason for a network failure where it reads like one. It may be of another realm.
  if (error instanceof NetworkError) return error.cause as Error;
  if (!(error instanceof HTTPError)) return error;
  const { response, request, data } = error;
  const secrets = secretsOf(headers ?? request.headers, request.url, body);
  const own = secretsOf(secretHeadersOf(response), "", undefined);
  const values = [...secrets.values, ...own.values];
  const { method, url } = request;
  const place = { method, url, headers: headers ?? request.headers };
  return failureOf(response, data, place, { ...secrets, values });
}

/** What a reply itself makes known, and its words must not. */
function secretHeadersOf({ headers }: Pick<Response, "headers">): Headers {
  const names = ["X-Auth-Token", "X-Subject-Token", "Openstack-Auth-Receipt", "Set-Cookie"];
  return new Headers(names.map((name) => [name, headers.get(name) ?? ""]));
}

/** The error for a reply that reports a failure. */
function failureOf(
  response: Pick<Response, "status" | "statusText" | "headers">,
  data: unknown,
  request: { readonly method: string; readonly url: string; readonly headers: Headers },
  secrets: Secrets,
): KeystoneError {
  const { status, statusText, headers } = response;
  const title = showWords(titleOf(data) ?? statusText, secrets);
  const receipt = headers.get("Openstack-Auth-Receipt");
  const required = requiredMethods(data, secrets);
  const wait = waitOf(response);
  const isWaitShown = isShown(waits.map((name) => headers.get(name)).join(" "), secrets);
  const retryAfter = isWaitShown ? wait : undefined;
  const detail =
    status === 300 ? choicesOf(data, secrets) : showWords(wordsOf(data) ?? "", secrets);
  const details = {
    status,
    title,
    requestId: requestIdOf(headers, secrets),
    ...(detail && !required && { detail }),
  };
  const place = `${describeRequest(request)}: ${status} ${title}`.trimEnd();
  if (status === 401 && receipt && required) {
    const rules = required.map((rule) => rule.join(" and ")).join(", or ");
    const message = `${place}: more methods are required: ${rules}. Call authenticate() with the missing ones and the receipt`;
    return new MultiFactorRequiredError(message, { ...details, receipt, required });
  }
  const message = detail ? `${place}: ${detail}` : place;
  if (status >= 500) return new ServerError(message, { ...details, retryAfter });
  // Older Novas answer 413 to too many requests.
  const isLimit = status === 413 && wait !== undefined;
  const Class = isLimit ? RateLimitError : (classes[status] ?? KeystoneError);
  return new Class(message, Class === RateLimitError ? { ...details, retryAfter } : details);
}

/** Whether a part of a reply may be shown that is not a text in words. */
function isShown(text: string, { values, complete }: Secrets): boolean {
  return complete && !repeatsSecret(text, values);
}

/** Methods whose names may be shown even if they are somebody's password. */
const usual = /^(password|token|totp|application_credential|external|mapped|oauth1)$/;

/** The rules of a receipt: the names of methods, of which one list has to be complete. */
function requiredMethods(data: unknown, secrets: Secrets): string[][] | undefined {
  const rules = isRecord(data) ? data.required_auth_methods : undefined;
  if (!Array.isArray(rules)) return undefined;
  const isName = (name: unknown) => typeof name === "string" && /^[\w.-]{1,64}$/.test(name);
  const named = rules.slice(0, 50).map((rule) => [rule].flat().filter(isName) as string[]);
  const others = named.flat().filter((name) => !usual.test(name));
  // Together, since they may be the parts of a secret.
  const isOpen = isShown(others.join(" "), secrets);
  return named.map((rule) => rule.filter((name) => isOpen || usual.test(name)));
}

/** What to do where a service asks to choose between its versions. */
function choicesOf(data: unknown, secrets: Secrets): string {
  const { choices, versions } = isRecord(data) ? data : {};
  const list = [choices, versions].find(Array.isArray) ?? [];
  const ids = list
    .slice(0, 20)
    .map((one: unknown) => (isRecord(one) ? String(one.id).slice(0, 20) : ""));
  const all = ids.filter((id: string) => /^v?[\d.]+$/.test(id)).join(", ");
  const offered = isShown(all, secrets) ? all : "";
  return `the address names no version${offered && `, and the service offers ${offered}`}: ask for one by version in the query`;
}

/** Where rate limiters say how long to wait: those that ky waits for, in its order. */
const waits = [
  "Retry-After",
  "RateLimit-Reset",
  "X-RateLimit-Retry-After",
  "X-RateLimit-Reset",
  "X-Rate-Limit-Reset",
];

/** Replies that mean "later". Others may tell of a rate limit, too, but it is not why they failed. */
const later: readonly number[] = [413, 429, 498, 503];

/** The seconds that a server asks to wait. */
export function waitOf({ status, headers }: Pick<Response, "status" | "headers">) {
  const name = waits.find((one) => headers.has(one));
  if (!name || (name !== "Retry-After" && !later.includes(status))) return undefined;
  return readWait(headers.get(name) ?? "", name.endsWith("Reset"));
}

/** @param mayBeTime whether a number may be seconds since 1970 */
function readWait(value: string, mayBeTime: boolean): number | undefined {
  const number = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
  const isTime = number === undefined || (mayBeTime && number > 1_700_000_000);
  const time = number === undefined ? Date.parse(value) : number * 1000;
  const seconds = isTime ? (time - Date.now()) / 1000 : number;
  return Number.isNaN(seconds) ? undefined : Math.max(seconds, 0);
}
