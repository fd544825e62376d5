import { type Endpoint, type EndpointQuery, findEndpoint } from "../catalog/find-endpoint.ts";
import { typesFor } from "../catalog/service-types.ts";
import { splitVersion } from "../catalog/version.ts";
import { ResponseError } from "../errors.ts";
import { expectText } from "../expect.ts";
import { readUrl } from "../parse-url.ts";
import type { Token } from "../token.ts";
import { findVersion } from "../transport/discover.ts";
import type { Keystone } from "../transport/keystone.ts";
import { expectInterface, type Settings } from "./options.ts";

/** A session's lookup: its overrides, its own Keystone, then the catalog of its token. */
export async function lookup(
  settings: Settings,
  { base, client }: Keystone,
  token: () => Promise<Token>,
  query: string | EndpointQuery,
): Promise<Endpoint> {
  const given: EndpointQuery = typeof query === "string" ? { type: query } : Object(query);
  const { type, version } = given;
  const { region = settings.region, interface: wish = settings.interface ?? "public" } = given;
  expectText(type, "type");
  expectInterface(wish);
  // Without the names that every object has.
  const overrides: Record<string, unknown> = { __proto__: null, ...settings.endpointOverrides };
  const override = typesFor(type).map((name) => overrides[name]);
  const url = override.find(Boolean) ?? (query === "identity" && (await base()));
  if (url) {
    const [face = "public"] = [wish].flat();
    return { type, name: "", interface: face, region: region ?? null, url: `${url}` };
  }
  const found = findEndpoint((await token()).catalog, { ...given, region, interface: wish });
  readUrl(`${type} in the catalog`, found.url, ResponseError);
  return version === undefined || splitVersion(found.url)[1]
    ? found
    : // Only the service knows where a version is that its address does not name.
      { ...found, url: await findVersion(client, found.url, version) };
}
