import { splitVersion } from "../catalog/api-version.ts";
import type { Ask } from "./ask.ts";
import { identify } from "./identify.ts";

/** Where else to look. */
export interface Hints {
  /** Where the address redirects to; another host's is left alone. */
  readonly target?: URL | undefined;
  /** Whether the port of an http address may speak https. */
  readonly https?: boolean;
}

/** Milliseconds for https if http was given: a port that speaks only http may wait forever. */
const patience = 2_000;

/**
 * Looks for Identity v3 at the paths where clouds have it, on the same host and port. The first that
 * there is, in that order.
 */
export async function findElsewhere(
  ask: Ask,
  url: URL,
  { target, https = false }: Hints = {},
): Promise<string | undefined> {
  const asked = splitVersion(url.href)[0];
  const places = [asked, url.origin].flatMap((at) => [at, `${at}/identity`, `${at}/keystone`]);
  if (target?.hostname === url.hostname) {
    places.unshift(splitVersion(`${target.origin}${target.pathname}`)[0]);
  }
  if (https) places.push(...places.map(byHttps));
  const urls = [...new Set(places)].map((place) => `${place}/v3`);
  const found = await Promise.all(
    urls
      .filter((one) => one !== url.href)
      .map((one) => findAt(ask, one, one.startsWith(url.protocol) ? undefined : patience)),
  );
  return found.find((one) => one !== undefined);
}

export function byHttps(url: string): string {
  return url.replace(/^http:/, "https:");
}

async function findAt(ask: Ask, url: string, limit?: number): Promise<string | undefined> {
  const { answer } = await ask(url, {}, limit);
  return answer && identify(answer, url).v3;
}
