import { attempt } from "../attempt.ts";
import { satisfies, splitVersion } from "../catalog/api-version.ts";
import { type EndpointQuery, readQuery, type ServiceDefaults } from "../catalog/endpoint-query.ts";
import { type Endpoint, endpointNotFound, findEndpoints } from "../catalog/find-endpoint.ts";
import { officialType, typesFor } from "../catalog/service-types.ts";
import { isKeystoneError, ResponseError } from "../errors.ts";
import { readUrl } from "../parse-url.ts";
import { projectOf, type Token } from "../token.ts";
import type { Settings } from "./options.ts";
import { fillOverride, isTemplate } from "./override.ts";
import type { ServiceVersions } from "./service-version.ts";

/** An endpoint, and the microversion that was negotiated with its service. */
export interface FoundEndpoint {
  readonly endpoint: Endpoint;
  readonly microversion?: string | undefined;
}

/** Looks up endpoints for a session. */
export type FindEndpoint = (
  query: string | EndpointQuery,
  signal?: AbortSignal,
) => Promise<FoundEndpoint>;

/** A session's look-ups: its overrides, its own Keystone, then the catalog of its token. */
export function createFindEndpoint(
  settings: Settings,
  identityUrl: (signal?: AbortSignal) => Promise<string>,
  liveToken: (signal?: AbortSignal) => Promise<Token>,
  versions: ServiceVersions,
): FindEndpoint {
  async function overridden(
    query: EndpointQuery,
    signal: AbortSignal | undefined,
  ): Promise<Endpoint | undefined> {
    const { overrides } = settings;
    const type = typesFor(query.type).find((one) => overrides.has(one));
    const override = type === undefined ? undefined : overrides.get(type);
    if (override === undefined) return undefined;
    if (!isTemplate(override)) return withUrl(query, override);
    const token = await liveToken(signal);
    return withUrl(query, fillOverride(`endpointOverrides.${type}`, override, token));
  }

  return async (given, signal) => {
    signal?.throwIfAborted();
    const asked = readQuery(given);
    const query = withDefaults(asked, settings);
    let endpoint = asked.url === undefined ? await overridden(query, signal) : asEndpoint(given);
    if (!endpoint && isOwnKeystone(asked)) endpoint = withUrl(query, await identityUrl(signal));
    endpoint ??= await lookUp(query, await liveToken(signal), versions, signal);
    const { microversion } = query;
    if (microversion === undefined) return { endpoint };
    const { url, type } = endpoint;
    const token = await liveToken(signal);
    return {
      endpoint,
      microversion: await versions.negotiate(url, microversion, type, token, signal),
    };
  };
}

/** An endpoint that was found earlier, which is used as it is. */
function asEndpoint(given: string | EndpointQuery): Endpoint {
  const endpoint = {
    name: "",
    interface: "public",
    region: null,
    ...(given as object),
  } as Endpoint;
  readUrl("url", endpoint.url);
  return endpoint;
}

/** The query with the defaults of its service, and then of the session. */
function withDefaults(query: EndpointQuery, settings: Settings): EndpointQuery {
  const { services, region } = settings;
  let own: ServiceDefaults = {};
  // Defaults for the requested type take precedence over those for other names of its service.
  for (const type of typesFor(query.type)) own = { ...services.get(type), ...own };
  return {
    type: own.type ?? query.type,
    region: query.region ?? own.region ?? region,
    interface: query.interface ?? own.interface ?? settings.interface ?? "public",
    name: query.name ?? own.name,
    version: query.version ?? own.version,
    microversion: query.microversion ?? own.microversion,
  };
}

/** Whether the session's own address is meant, not one in the catalog. */
function isOwnKeystone(query: EndpointQuery): boolean {
  const { type, region, name, version } = query;
  const asksCatalog = region !== undefined || query.interface !== undefined || name !== undefined;
  return type === "identity" && !asksCatalog && (version === undefined || satisfies("v3", version));
}

function withUrl(query: EndpointQuery, url: string): Endpoint {
  const { type, region = null } = query;
  const [first = "public"] = [query.interface ?? []].flat();
  return { type, name: "", interface: first, region, url };
}

/** The best match in the catalog, or among what the service itself offers. */
async function lookUp(
  query: EndpointQuery,
  token: Token,
  versions: ServiceVersions,
  signal: AbortSignal | undefined,
): Promise<Endpoint> {
  const found = findEndpoints(token.catalog, query);
  const best = found.find(isUsable) ?? found[0];
  const wanted = query.version ?? (best?.type === query.type ? undefined : versionOfAlias(query));
  if (best && wanted === undefined) return checked(best);
  const isNamed = best !== undefined && isVersioned(best, token);
  if (isNamed && !asksLatest(wanted)) return checked(best);
  // Only the service knows where a version is that its address does not name, and its other versions.
  const other = best ?? otherVersion(query, token);
  if (!other || wanted === undefined) throw endpointNotFound(token.catalog, query);
  const { url } = checked(other);
  try {
    return { ...other, url: await versions.find(url, wanted, token, signal) };
  } catch (error) {
    if (!isKeystoneError(error)) throw error;
    // If a service can't be asked, it has only the versions that the catalog names.
    if (isNamed) return checked(best);
    throw best === undefined ? endpointNotFound(token.catalog, query) : error;
  }
}

/** The latest may be one that only the service knows, whatever the catalog names. */
function asksLatest(version: EndpointQuery["version"]): boolean {
  return /latest$/i.test(String(version));
}

function isVersioned({ url }: Endpoint, token: Token): boolean {
  return splitVersion(url, projectOf(token)?.id)[1] !== undefined;
}

/**
 * volumev2 is not v3: if an alias names a version, an address under another spelling must be of that
 * version.
 */
function versionOfAlias({ type }: EndpointQuery): string | undefined {
  return /v\d$/.exec(type)?.[0];
}

/** The same service in another version: also under its official type, which an alias stands for. */
function otherVersion(query: EndpointQuery, { catalog }: Token): Endpoint | undefined {
  const spellings = typesFor(query.type);
  const type = officialType(query.type);
  const all = findEndpoints(catalog, { ...query, type, version: undefined });
  return all.find((endpoint) => spellings.includes(endpoint.type));
}

function isUsable(endpoint: Endpoint): boolean {
  return attempt(() => checked(endpoint)) !== undefined;
}

/** @throws {ResponseError} for an address of the catalog that no request can go to. */
function checked(endpoint: Endpoint): Endpoint {
  readUrl(`${endpoint.type} in the catalog`, endpoint.url, ResponseError);
  return endpoint;
}
