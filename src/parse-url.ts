import { attempt } from "./attempt.ts";
import type { KeystoneError } from "./errors.ts";
import { expect } from "./expect.ts";

/** Parses an address, wherever it comes from; undefined if it is not one. */
export function parseUrl(address: unknown, base?: string): URL | undefined {
  if (typeof address !== "string" && !(address instanceof URL)) return undefined;
  return attempt(() => new URL(address, base));
}

/**
 * The origin of an http or https address; undefined for any other, whose origin means nothing.
 */
export function httpOrigin(address: unknown): string | undefined {
  const url = parseUrl(address);
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

/**
 * Reads an address that requests can go to: absolute, and without a secret in it.
 *
 * @throws {OptionsError} or another class, for one from a server; never with the address itself.
 */
export function readUrl(
  option: string,
  value: unknown,
  type?: new (message: string) => KeystoneError,
): URL {
  const url = parseUrl(value);
  expect(
    url && /^https?:\/\/[^/@]+\/[^?#]*$/.test(url.href),
    option,
    "an http(s) URL without user, password, query or fragment",
    type,
  );
  return url;
}

/**
 * An address without the slashes at its end. A regular expression would take ages for a run of them.
 */
export function trimSlashes(url: string): string {
  let end = url.length;
  while (end > 0 && url[end - 1] === "/") end--;
  return url.slice(0, end);
}

/** Whether an origin is the host of an address by https, at the same port or its usual one. */
export function isSecured(target: string, url: string): boolean {
  const { protocol, hostname, port } = new URL(url);
  const origins = [`https://${hostname}`, `https://${hostname}:${port || 80}`];
  return protocol === "http:" && origins.includes(target);
}
