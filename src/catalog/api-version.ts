import { attempt } from "../attempt.ts";
import { ResponseError } from "../errors.ts";
import { isRecord } from "../is-record.ts";
import { parseUrl, trimSlashes } from "../parse-url.ts";

/** One version of an API that a server offers, as the server describes it. */
export interface ApiVersion {
  /** Such as `"v3.14"`. */
  readonly id: string;
  /** Where to call it: the version's path, under the scheme, host and prefix of the given address. */
  readonly url: string;
  /** `status`, `min_version`, `links` … */
  readonly [attribute: string]: unknown;
}

const versionSegment = /^v\d+(\.\d+)*$/i;

/** An id as Keystone makes them, or a UUID, also behind a prefix such as `AUTH_`. */
const projectSegment =
  /(^|[^\da-z])([\da-f]{32}|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/i;

/**
 * Splits an address before the version that it ends in, as in `…/v3` or, with a project's id,
 * `…/v2.1/f00`. Only a whole path segment is a version: neither a host named v1 nor a folder srv10.
 *
 * @param projectId the token's own, by which its segment is known in any form
 */
export function splitVersion(
  url: string,
  projectId?: string,
): [base: string, version: string | undefined] {
  const [, origin = "", path = ""] = /^([a-z]+:\/\/[^/]*)?(.*)$/is.exec(url) ?? [];
  const segments = path.split("/").filter((segment) => segment !== "");
  const last = segments.at(-1) ?? "";
  const isBeforeProject = versionSegment.test(segments.at(-2) ?? "");
  if (isBeforeProject && isProjectSegment(last, projectId)) segments.pop();
  const version = segments.at(-1) ?? "";
  if (!versionSegment.test(version)) return [trimSlashes(url), undefined];
  return [[origin, ...segments.slice(0, -1)].join("/"), version];
}

/** The project's id that an address ends in after its version, as in `/f00`; else nothing. */
export function projectSuffix(url: string, projectId?: string): string {
  const segments = trimSlashes(url).split("/");
  const last = segments.at(-1) ?? "";
  const isBeforeProject = versionSegment.test(segments.at(-2) ?? "");
  return isBeforeProject && isProjectSegment(last, projectId) ? `/${last}` : "";
}

function isProjectSegment(encoded: string, projectId: string | undefined): boolean {
  if (projectSegment.test(encoded)) return true;
  if (!projectId) return false;
  const segment = attempt(() => decodeURIComponent(encoded)) ?? encoded;
  const plain = (text: string) => text.replaceAll("-", "").toLowerCase();
  return segment.endsWith(projectId) || plain(segment).endsWith(plain(projectId));
}

/** The last segment of an address that is a version, wherever it stands. */
export function versionIn(url: string): string | undefined {
  const { pathname = "" } = parseUrl(url) ?? {};
  return pathname.split("/").findLast((segment) => versionSegment.test(segment));
}

/** The numbers of a version, such as [2, 1] for "v2.1"; undefined if it is not one. */
function numbersOf(version: string): number[] | undefined {
  const [, digits] = /^v?(\d+(?:\.\d+)*)$/i.exec(version) ?? [];
  return digits?.split(".").map(Number);
}

/**
 * Whether a version is of the one asked for: `3` takes v3 and v3.14, `"2.1"` only v2.1, `"2.0"` v2 too,
 * `"latest"` any and `"2.latest"` any v2. An address that names no version may serve any.
 */
export function satisfies(actual: string | undefined, wanted: string | number): boolean {
  if (actual === undefined) return true;
  const numbers = numbersOf(actual);
  const prefix = String(wanted).replace(/\.?latest$/i, "");
  if (prefix === "") return numbers !== undefined;
  if (!numbers) return false;
  return numbersOf(prefix)?.every((number, index) => number === (numbers[index] ?? 0)) ?? false;
}

/** Negative if the first version is the lower one. */
export function compareVersions(one: string | undefined, other: string | undefined): number {
  const [left, right] = [numbersOf(one ?? "") ?? [], numbersOf(other ?? "") ?? []];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

const ranks: Readonly<Record<string, number>> = {
  CURRENT: 0,
  STABLE: 0,
  SUPPORTED: 1,
  DEPRECATED: 3,
  EXPERIMENTAL: 4,
};

/** One whose document has no link to it comes last: its URL is the unversioned one. */
function rankOf({ status, url }: ApiVersion): number {
  const unlinked = splitVersion(url)[1] === undefined ? 10 : 0;
  return unlinked + (ranks[String(status).toUpperCase()] ?? 2);
}

/** The best of the versions that match: with a link, then current before supported, then the highest. */
export function bestVersion(
  versions: readonly ApiVersion[],
  wanted: string | number,
): ApiVersion | undefined {
  const [best] = versions
    .filter(({ id }) => satisfies(id, wanted))
    .sort((one, other) => rankOf(one) - rankOf(other) || compareVersions(other.id, one.id));
  return best;
}

/**
 * Reads a version document in any of the known shapes: `versions.values`, `versions`, `version`, or
 * the bare thing. Of a link, only the version in its path counts: behind a proxy, its scheme, host and
 * prefix are often wrong, and nothing may be sent to wherever a server points. An entry without an id
 * is left out.
 *
 * @throws {ResponseError} if it is none of them.
 */
export function parseVersions(body: unknown, asked: string, projectId?: string): ApiVersion[] {
  const [base] = splitVersion(asked, projectId);
  const found: ApiVersion[] = [];
  for (const version of versionList(body, asked)) {
    if (!isRecord(version) || typeof version.id !== "string") continue;
    const [, path] = splitVersion(parseUrl(linkOf(version.links), asked)?.href ?? "", projectId);
    found.push({ ...version, id: version.id, url: path ? `${base}/${path}` : base });
  }
  return found;
}

function versionList(body: unknown, asked: string): readonly unknown[] {
  const document = isRecord(body) ? body : {};
  const versions = isRecord(document.versions) ? document.versions.values : document.versions;
  if (Array.isArray(versions)) return versions;
  const single = document.version ?? document;
  if (isRecord(single) && typeof single.id === "string") return [single];
  throw new ResponseError(`Not a version document (${asked}): expected "versions" or "version"`);
}

/** The address of a version: its link "self", or the first that is neither a manual nor a list. */
function linkOf(links: unknown): unknown {
  const all = [links].flat().filter(isRecord);
  const self = all.find(({ rel }) => rel === "self");
  const other = all.find(({ rel }) => rel !== "describedby" && rel !== "collection");
  return (self ?? other)?.href;
}
