import {
  type Endpoint,
  type EndpointQuery,
  findEndpoint,
  versionInUrl,
} from "../catalog/find-endpoint.ts";
import { typesFor } from "../catalog/service-types.ts";
import { expectText } from "../expect.ts";
import type { Token } from "../token.ts";
import { findVersion } from "../transport/discover.ts";
import type { Keystone } from "../transport/keystone.ts";
import { expectInterface, type Settings } from "./options.ts";

/** A session's lookup: its overrides, its own Keystone, then the catalog of its token. */
export async function lookup(
  { region, interface: wish = "public", endpointOverrides = {} }: Settings,
  { base, client }: Keystone,
  token: (signal?: AbortSignal) => Promise<Token>,
  query: string | EndpointQuery,
  signal: AbortSignal | undefined,
): Promise<Endpoint> {
  const given: EndpointQuery = typeof query === "string" ? { type: query } : query;
  const { type, version } = given;
  expectText(type, "type");
  expectInterface(given.interface);
  const [face = "public"] = [wish].flat();
  const plain = { type, name: "", interface: face, region: region ?? null };
  const override = endpointOverrides[typesFor(type).find((name) => endpointOverrides[name]) ?? ""];
  if (override) return { ...plain, url: `${override}` };
  if (query !== "identity") {
    const asked = { ...(region && { region }), interface: wish, ...given };
    const found = findEndpoint((await token(signal)).catalog, asked);
    return version === undefined || versionInUrl(found.url)
      ? found
      : // Only the service knows where a version is that its address does not name.
        { ...found, url: await findVersion(client, found.url, version, signal) };
  }
  return { ...plain, url: await base(signal) };
}
