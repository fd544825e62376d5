import { attempt } from "../attempt.ts";
import { type ApiVersion, parseVersions, satisfies } from "../catalog/api-version.ts";
import type { Answer } from "./ask.ts";

/** What answers where Identity v3 does not. */
export type Kind = "v2" | "redirect" | "unavailable" | "web-page" | "other";

/**
 * What answers a GET of an address: an Identity v3, with its address that ends in /v3, or something
 * else.
 */
export type Server =
  | { readonly v3: string; readonly kind?: undefined }
  | { readonly v3?: undefined; readonly kind: Kind };

/** Tells a Keystone by its version document, and everything else by what it is not. */
export function identify(answer: Answer, url: string): Server {
  if (isRedirect(answer)) return { kind: "redirect" };
  if (isTroubled(answer)) return { kind: "unavailable" };
  const versions = versionsIn(answer, url).filter(isIdentity);
  const v3 = versions.find(({ id }) => satisfies(id, 3));
  if (v3) return { v3: v3.url.endsWith("/v3") ? v3.url : `${v3.url}/v3` };
  if (versions.length > 0 && versions.every(({ id }) => id === "v2.0")) return { kind: "v2" };
  return { kind: isHtml(answer) ? "web-page" : "other" };
}

export function isRedirect({ status }: Answer): boolean {
  return status === 0 || [301, 302, 303, 307, 308].includes(status);
}

export function isTroubled({ status }: Answer): boolean {
  return status >= 500 || status === 429;
}

/** Whether it is a page for people to look at; a plain 404 is not, whatever its form. */
export function isHtml({ status, headers, text }: Answer): boolean {
  if (status === 404) return false;
  return /html/.test(headers.get("Content-Type") ?? "") || text.trimStart().startsWith("<");
}

export function jsonIn({ text }: Answer): unknown {
  return attempt(() => JSON.parse(text));
}

function versionsIn(answer: Answer, url: string): readonly ApiVersion[] {
  if (answer.status !== 200 && answer.status !== 300) return [];
  return attempt(() => parseVersions(jsonIn(answer), url)) ?? [];
}

/** Not another service's: Cinder's v3 says "volume" in its media types, and Nova's v2.0 "compute". */
function isIdentity(version: ApiVersion): boolean {
  const types = JSON.stringify(version["media-types"] ?? []);
  return !types.includes("vnd.openstack.") || types.includes("vnd.openstack.identity");
}
