import { type Endpoint, type EndpointQuery, findEndpoint } from "../catalog/find-endpoint.ts";
import { typesFor } from "../catalog/service-types.ts";
import { versionInUrl } from "../catalog/version.ts";
import { expectText } from "../expect.ts";
import type { Token } from "../token.ts";
import { findVersion } from "../transport/discover.ts";
import type { Keystone } from "../transport/keystone.ts";
import { expectInterface, type Settings } from "./options.ts";

/** A session's lookup: its overrides, its own Keystone, then the catalog of its token. */
export async function lookup(
  settings: Settings,
  keystone: Keystone,
  token: (signal?: AbortSignal) => Promise<Token>,
  query: string | EndpointQuery,
  signal: AbortSignal | undefined,
): Promise<Endpoint> {
  const { region, interface: wish = "public", endpointOverrides = {} } = settings;
  const given: EndpointQuery = typeof query === "string" ? { type: query } : query;
  const { type, version } = given;
  expectText(type, "type");
  expectInterface(given.interface);
  const asked = { region, interface: wish, ...given };
  const override = typesFor(type).find((name) => name in endpointOverrides);
  const url = override
    ? String(endpointOverrides[override])
    : type === "identity" && Object.keys(given).length === 1 && (await keystone.base(signal));
  if (url) {
    const [face = "public"] = [asked.interface].flat();
    return { type, name: "", interface: face, region: asked.region ?? null, url };
  }
  const found = findEndpoint((await token(signal)).catalog, asked);
  return version === undefined || versionInUrl(found.url)
    ? found
    : // Only the service knows where a version is that its address does not name.
      { ...found, url: await findVersion(keystone.client, found.url, type, version, signal) };
}
