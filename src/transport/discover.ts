import type { KyInstance } from "ky";
import { type ApiVersion, bestVersion, parseVersions } from "../catalog/api-version.ts";
import { EndpointNotFoundError } from "../errors.ts";
import { expect, readSignal } from "../expect.ts";
import { readUrl } from "../parse-url.ts";
import { unlessAborted } from "../unless-aborted.ts";
import { createClient } from "./client.ts";
import { guardedFetch } from "./guarded-fetch.ts";

/** Options of `discover()`. */
export interface DiscoverOptions {
  /** Default: `globalThis.fetch`, looked up at the call. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks a server which versions of its API it offers. It may be any OpenStack service, with a version
 * document in any of the known shapes.
 *
 * @throws {OptionsError} if it is not an address, or has a secret in it.
 * @throws {ResponseError} if the reply is not a version document.
 * @throws {TransportError} if there is no reply.
 * @see https://docs.openstack.org/api-ref/identity/v3/#api-versions
 * @example
 * const versions = await discover("https://keystone.example:5000");
 * versions[0]?.id; // "v3.14"
 */
export async function discover(
  url: string | URL,
  options?: DiscoverOptions,
): Promise<ApiVersion[]> {
  const { href } = readUrl("url", url);
  const signal = readSignal(options, ["fetch", "signal"]);
  const { fetch } = options ?? {};
  expect(!fetch || typeof fetch === "function", "fetch", "a function");
  const send = guardedFetch({ fetch });
  const client = createClient((request, attempt) => send(request, { kind: "discovery", attempt }));
  return unlessAborted(askVersions(client, href, { signal }), signal);
}

/** How a server is asked for its versions. */
export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** The token's own project, which an address may end in. */
  readonly projectId?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Asks for the versions that a server offers at an address. */
export async function askVersions(
  client: KyInstance,
  url: string,
  { signal, projectId, headers = {} }: AskOptions = {},
): Promise<ApiVersion[]> {
  // Keystone's root answers 300 Multiple Choices, which fetch does not count as ok.
  const throwHttpErrors = (status: number) => status !== 300;
  const reply = client.get(url, { throwHttpErrors, headers, signal: signal ?? null });
  return parseVersions(await reply.json(), url, projectId);
}

/**
 * Finds the best version that matches, by what the server says of itself: some answer 200 to any path.
 *
 * @throws {EndpointNotFoundError} naming the versions there are.
 */
export async function findVersion(
  client: KyInstance,
  url: string,
  version: string | number,
  options?: AskOptions,
): Promise<ApiVersion> {
  const versions = await askVersions(client, url, options);
  const found = bestVersion(versions, version);
  if (found) return found;
  const available = versions.map(({ id }) => id);
  const listed =
    available.length > 0 ? `only ${available.slice(0, 20).join(", ")}` : "and lists none";
  const hint = version === 3 && available.includes("v2.0") ? ": use keystone-fetch/v2" : "";
  throw new EndpointNotFoundError(`${url} has no version ${version}, ${listed}${hint}`, {
    query: { version },
    available,
  });
}
