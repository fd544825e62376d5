import type { KyInstance } from "ky";
import { parseVersions, satisfies, type Version } from "../catalog/version.ts";
import { EndpointNotFoundError } from "../errors.ts";
import { readUrl } from "../parse-url.ts";
import { unlessAborted } from "../unless-aborted.ts";
import { createClient } from "./client.ts";
import { guardedFetch } from "./guarded-fetch.ts";

/**
 * Asks a server which versions of its API it offers: any OpenStack service, in any of the shapes
 * in the field.
 *
 * @throws {OptionsError} for what is no address, or has a secret in it.
 * @throws {ResponseError} if what comes back is no version document.
 * @throws {TransportError} if nothing comes back.
 * @see https://docs.openstack.org/api-ref/identity/v3/#api-versions
 * @example
 * const versions = await discover("https://cloud.example/identity");
 * versions[0]?.id; // "v3.14"
 */
export async function discover(
  url: string | URL,
  {
    fetch,
    signal,
  }: {
    fetch?: typeof globalThis.fetch | undefined;
    signal?: AbortSignal | undefined;
  } = {},
): Promise<Version[]> {
  readUrl("url", url);
  return unlessAborted(versionsAt(createClient(guardedFetch(fetch)), `${url}`, signal), signal);
}

/** The same with a client that there is. */
async function versionsAt(
  client: KyInstance,
  url: string,
  signal: AbortSignal | null = null,
): Promise<Version[]> {
  // Keystone's root answers 300 Multiple Choices, which fetch does not count as ok.
  const reply = client.get(url, { throwHttpErrors: (status) => status !== 300, signal });
  return parseVersions(await reply.json(), url);
}

/**
 * The address of a version, by what the server says of itself: some answer 200 to any path.
 *
 * @throws {EndpointNotFoundError} naming the versions there are.
 */
export async function findVersion(
  client: KyInstance,
  url: string,
  version: string | number,
): Promise<string> {
  const versions = await versionsAt(client, url);
  const found = versions.find(({ id }) => satisfies(id, version));
  if (found) return found.url;
  const available = versions.map(({ id }) => id);
  throw new EndpointNotFoundError(`${url} has no version ${version}, only [${available}]`, {
    query: { version },
    available,
  });
}
