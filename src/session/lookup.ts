import { type Endpoint, type EndpointQuery, findEndpoint } from "../catalog/find-endpoint.ts";
import { typesFor } from "../catalog/service-types.ts";
import { splitVersion } from "../catalog/version.ts";
import { expectText } from "../expect.ts";
import type { Token } from "../token.ts";
import { findVersion } from "../transport/discover.ts";
import type { Keystone } from "../transport/keystone.ts";
import { expectInterface, type Settings } from "./options.ts";

/** A session's lookup: its overrides, its own Keystone, then the catalog of its token. */
export async function lookup(
  { region, interface: wish = "public", endpointOverrides = {} }: Settings,
  { base, client }: Keystone,
  token: () => Promise<Token>,
  query: string | EndpointQuery,
): Promise<Endpoint> {
  const given: EndpointQuery = typeof query === "string" ? { type: query } : query;
  const { type, version } = given;
  expectText(type, "type");
  expectInterface(given.interface);
  const override = typesFor(type).map((name) => endpointOverrides[name]);
  const url = override.find(Boolean) ?? (query === "identity" && (await base()));
  if (url) {
    const [face = "public"] = [wish].flat();
    return { type, name: "", interface: face, region: region ?? null, url: `${url}` };
  }
  const found = findEndpoint((await token()).catalog, { region, interface: wish, ...given });
  return version === undefined || splitVersion(found.url)[1]
    ? found
    : // Only the service knows where a version is that its address does not name.
      { ...found, url: await findVersion(client, found.url, version) };
}
