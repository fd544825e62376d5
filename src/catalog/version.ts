import { array, looseObject, string } from "valibot";
import { parseUrl } from "../parse-url.ts";
import { read } from "../wire/read.ts";

/** One version of an API that a server offers, as the server describes it. */
export interface Version {
  /** Such as `"v3.14"`. */
  readonly id: string;
  /** Where to call it: the version's path under the scheme, host and prefix that were asked. */
  readonly url: string;
  /** `status`, `min_version`, `links` … */
  readonly [attribute: string]: unknown;
}

const versionDocuments = array(looseObject({ id: string() }));

/**
 * Splits a URL before the version that it ends in, as in `…/v3` or, with a project's id, `…/v2.1/f00`.
 * Only a whole path segment is one: neither a host named v1 nor a folder srv10.
 */
export function splitVersion(url: string): [base: string, version: string | undefined] {
  return [url.replace(ending, ""), ending.exec(url)?.[1]];
}

/** From a run's first slash only, else a long run of them would take for ever; and not a host's. */
const ending = /(?<!\/|^\w+:)\/+(?:(v\d[\d.]*)(?:\/+(?:AUTH_)?[\da-f]{32})?\/*)?$/;

/**
 * Whether a version is of the one asked for: `3` takes v3 and v3.14, `"2.1"` only v2.1. What names
 * no version takes any.
 */
export function satisfies(actual: string | undefined, wanted: string | number): boolean {
  return !actual || `${actual}.`.startsWith(`v${`${wanted}`.replace("v", "")}.`);
}

/**
 * Reads a version document in any of the shapes in the field: `versions.values`, `versions`,
 * `version`, or the bare thing. Of a link only the version in its path counts: behind a proxy its
 * scheme, host and prefix are often wrong, and nothing may be sent where a server points to.
 *
 * @throws {ResponseError} if it is none of them.
 */
export function parseVersions(body: unknown, asked: string): Version[] {
  const { versions, version = body } = Object(body);
  const list = [versions, versions?.values].find(Array.isArray) ?? [version];
  const [base] = splitVersion(asked);
  return read(versionDocuments, list, `a version document (${asked})`).map((found) => {
    // Some begin with a link to their manual.
    const { href } = Object(
      [found.links].flat().find((link) => Object(link).rel !== "describedby"),
    );
    const [, path] = splitVersion(`${parseUrl(href, asked)}`);
    return { ...found, url: path ? `${base}/${path}` : base };
  });
}
