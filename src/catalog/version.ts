import { array, looseObject, nullish, string } from "valibot";
import { read } from "../wire/read.ts";

/** One version of an API that a server offers. */
export interface Version {
  /** As the server writes it, such as `"v3.14"`. */
  readonly id: string;
  /** As the server writes it: `"stable"`, `"CURRENT"`, `"SUPPORTED"`, `"DEPRECATED"` … */
  readonly status: string;
  /** Where to call it: the version's path under the scheme, host and prefix that were asked. */
  readonly url: string;
  /** The oldest microversion, where the service has them. */
  readonly minVersion?: string | undefined;
  /** The newest microversion. */
  readonly maxVersion?: string | undefined;
}

const versionDocuments = array(
  looseObject({
    id: string(),
    status: nullish(string(), ""),
    links: nullish(array(looseObject({ href: nullish(string(), "") })), []),
    min_version: nullish(string()),
    max_version: nullish(string()),
    version: nullish(string()),
  }),
);

/**
 * Splits a URL before the version that it ends in. Only a whole path segment is one: neither a host
 * named v1 nor a folder srv10.
 */
export function splitVersion(url: string): { base: string; version?: string | undefined } {
  const found = /(?<!\/)\/(v\d+(?:\.\d+)*)\/*$/i.exec(url);
  return { base: url.slice(0, found?.index).replace(/\/+$/, ""), version: found?.[1] };
}

/** The version that a service's URL is bound to, also with a project behind it: `…/v2.1/f00`. */
export function versionInUrl(url: string): string | undefined {
  return url.match(/(?<=[^/]\/)v\d+(?:\.\d+)*(?=\/|$)/gi)?.at(-1);
}

/** Whether `actual` is of the version asked for: `3` takes v3 and v3.14, `"2.1"` only v2.1. */
export function satisfies(actual: string | undefined, wanted: string | number): boolean {
  return !actual || `${actual}.`.startsWith(`v${`${wanted}.`.replace("v", "")}`);
}

/**
 * Reads a version document in any of the shapes in the field: `versions.values`, `versions`,
 * `version`, or the bare thing. Of a link only the version in its path counts: behind a proxy its
 * scheme, host and prefix are often wrong, and nothing may be sent where a server points to.
 *
 * @throws {ResponseError} if it is none of them.
 */
export function parseVersions(body: unknown, asked: string): Version[] {
  const { versions, version } = Object(body);
  const { base } = splitVersion(asked);
  return read(
    versionDocuments,
    versions?.values ?? versions ?? [version ?? body],
    `a version document (${asked})`,
  ).map(({ id, status, links, min_version, max_version, version }) => {
    const path = splitVersion(`/${links[0]?.href}`).version;
    return {
      id,
      status,
      url: path ? `${base}/${path}` : base,
      minVersion: min_version || undefined,
      maxVersion: max_version || version || undefined,
    };
  });
}

/** The best of the versions that are of the wanted one. */
export function pickVersion(versions: readonly Version[], wanted: string | number) {
  const fitting = versions.filter(({ id }) => satisfies(id, wanted));
  return fitting.find(({ status }) => /stable|current/i.test(status)) ?? fitting[0];
}
