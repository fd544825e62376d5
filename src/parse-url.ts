import type { KeystoneError } from "./errors.ts";
import { expect } from "./expect.ts";

/** An address, whoever wrote it; undefined for what is none. */
export function parseUrl(text: unknown, base?: string): URL | undefined {
  try {
    return new URL(`${text}`, base);
  } catch {
    return undefined;
  }
}

/**
 * An address that requests can go to: absolute, and without a secret in it.
 *
 * @throws {OptionsError} or another class, if it came from a server; never with the address itself.
 */
export function readUrl(option: string, value: unknown, type?: typeof KeystoneError): URL {
  const url = parseUrl(value);
  expect(
    url && /^https?:\/\/[^/@]+\/[^?#]*$/.test(url.href),
    option,
    "an http(s) URL without user, password, query or fragment",
    type,
  );
  return url;
}
