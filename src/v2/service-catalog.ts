import { recordOf } from "../is-record.ts";
import { objects, text } from "./values.ts";

/**
 * Turns v2.0's service catalog into v3's, part by part: an endpoint there has up to three addresses,
 * each of which is an endpoint here. Entries without a type or an address are left out.
 */
export function readServiceCatalog(value: unknown): object[] {
  return objects(value).flatMap(({ id, type, name, endpoints }) =>
    text(type) === undefined
      ? []
      : [
          {
            ...(text(id) && { id }),
            type,
            name: text(name) ?? "",
            endpoints: objects(endpoints).flatMap(readEndpoint),
          },
        ],
  );
}

function readEndpoint(endpoint: unknown): object[] {
  const { id, region, publicURL, internalURL, adminURL } = recordOf(endpoint);
  return Object.entries({ public: publicURL, internal: internalURL, admin: adminURL })
    .filter(([, url]) => text(url) !== undefined)
    .map(([name, url]) => ({
      ...(text(id) && { id }),
      interface: name,
      region: text(region) ?? null,
      url,
    }));
}
