import { EndpointNotFoundError } from "../errors.ts";
import { textOf } from "../is-record.ts";
import { type ApiVersion, compareVersions, satisfies } from "./api-version.ts";
import { officialType } from "./service-types.ts";

/** Services that their header does not name by their type. */
const serviceNames: Readonly<Record<string, string>> = {
  "block-storage": "volume",
  "container-infrastructure-management": "container-infra",
  "application-container": "container",
  "resource-optimization": "infra-optim",
};

/** Headers from before the common one, which older releases need. */
const ownHeaders: Readonly<Record<string, string>> = {
  compute: "X-OpenStack-Nova-API-Version",
  baremetal: "X-OpenStack-Ironic-API-Version",
  "baremetal-introspection": "X-OpenStack-Ironic-Inspector-API-Version",
  "shared-file-system": "X-OpenStack-Manila-API-Version",
};

/** The headers by which a service is asked for a microversion. */
export function microversionHeaders(type: string, microversion: string): Record<string, string> {
  const name = officialType(type);
  const headers: Record<string, string> = {
    "OpenStack-API-Version": `${serviceNames[name] ?? name} ${microversion}`,
  };
  const own = ownHeaders[name];
  if (own) headers[own] = microversion;
  return headers;
}

/** The highest microversion that a version offers; empty if its document names none. */
export function highestMicroversion({ max_version, version }: ApiVersion): string {
  return numberOf(max_version) || numberOf(version);
}

/** A version's number; empty for anything else, which no message is to repeat. */
function numberOf(value: unknown): string {
  const text = textOf(value);
  return /^[\d.]{1,20}$/.test(text) ? text : "";
}

/**
 * The microversion to send: the one asked for, if the version offers it.
 *
 * @throws {EndpointNotFoundError} if it does not; it says what there is.
 */
export function negotiate(version: ApiVersion, wanted: string, type: string): string {
  const highest = highestMicroversion(version);
  const lowest = numberOf(version.min_version);
  if (highest && wanted.endsWith("latest") && satisfies(highest, wanted)) return highest;
  const isOffered =
    highest &&
    !wanted.endsWith("latest") &&
    compareVersions(wanted, highest) <= 0 &&
    compareVersions(wanted, lowest || "0") >= 0;
  if (isOffered) return wanted;
  const offer = highest ? `${lowest || "?"} to ${highest}` : "no microversions";
  throw new EndpointNotFoundError(`${type} has no microversion ${wanted}: it offers ${offer}`, {
    query: { type, microversion: wanted },
    available: [lowest, highest].filter((one) => one !== ""),
  });
}
