import { typesFor } from "../catalog/service-types.ts";
import { httpOrigin } from "../parse-url.ts";
import type { Token } from "../token.ts";

/** Whether an origin may get a token: Keystone's, the catalog's, and the trusted ones. */
export type IsTrusted = (token: Token, origin: string) => boolean;

/** @param origins what may get any token of the session */
export function createIsTrusted(origins: readonly string[]): IsTrusted {
  const always = new Set(origins);
  /** Computed once per token: a catalog may have thousands of addresses. */
  const ofCatalogs = new WeakMap<Token, ReadonlySet<string>>();
  return (token, origin) => {
    if (always.has(origin)) return true;
    let found = ofCatalogs.get(token);
    if (!found) {
      found = catalogOrigins(token);
      ofCatalogs.set(token, found);
    }
    return found.has(origin);
  };
}

/** Whether Keystone is there: at its own address, or at one that the catalog has for it. */
export function isKeystone({ catalog }: Token, origin: string, own: string): boolean {
  const types = typesFor("identity");
  const services = catalog.filter(({ type }) => types.includes(type));
  const addresses = services.flatMap(({ endpoints }) => endpoints.map(({ url }) => url));
  return origin === own || addresses.some((address) => httpOrigin(address) === origin);
}

function catalogOrigins({ catalog }: Token): ReadonlySet<string> {
  const beginnings = new Set<string>();
  for (const { endpoints } of catalog) {
    for (const { url } of endpoints) {
      const [beginning] = /^https?:\/\/[^/?#\\]+/i.exec(url) ?? [];
      if (beginning) beginnings.add(beginning);
    }
  }
  const origins = [...beginnings].map((beginning) => httpOrigin(beginning));
  return new Set(origins.filter((origin) => origin !== undefined));
}
