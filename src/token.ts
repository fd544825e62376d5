import type { Catalog } from "./catalog/catalog.ts";
import { ResponseError } from "./errors.ts";
import { read } from "./wire/read.ts";
import { tokenDocument } from "./wire/token.ts";

/** An id and a name, as the server has them. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What a token is good for, with ids and names filled in. */
export type TokenScope =
  | { readonly project: Named & { readonly domain: Named } }
  | { readonly domain: Named }
  | { readonly system: "all" }
  | { readonly trust: { readonly id: string } }
  | "unscoped";

/**
 * A token and what Keystone says of it.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 */
export interface Token {
  /** What goes into `X-Auth-Token`. A secret: not enumerable, so no log or JSON shows it. */
  readonly id: string;
  /** How it was obtained, in no particular order. */
  readonly methods: readonly string[];
  readonly user: Named & { readonly domain: Named };
  /** Can be passed to `rescope()` as it is. */
  readonly scope: TokenScope;
  readonly roles: readonly Named[];
  readonly catalog: Catalog;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly auditIds: readonly string[];
  /** What else the answer held, under the API's own names. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Whether a text can be a token's id: what fits into a header, and only one of it. */
export function isTokenId(id: unknown): id is string {
  return typeof id === "string" && /^[!-+\--~]+$/.test(id);
}

/**
 * Reads the body of POST or GET /v3/auth/tokens.
 *
 * @throws {ResponseError} naming the path that is not as in a token.
 */
export function parseToken(value: string, body: unknown): Token {
  const {
    methods,
    user: { id, name, domain: home, ...user },
    audit_ids: auditIds,
    issued_at,
    expires_at,
    project,
    domain,
    system,
    roles,
    catalog,
    ...extra
  } = read(tokenDocument, body, "a token").token;
  const trust = extra["OS-TRUST:trust"] as { id: string } | undefined;
  const issuedAt = time(issued_at);
  const expiresAt = time(expires_at);
  if (!(expiresAt >= issuedAt)) {
    throw new ResponseError("Not a token: expected times at token.issued_at, token.expires_at");
  }
  const scope: TokenScope = trust
    ? { trust: { id: trust.id } }
    : project
      ? { project }
      : domain
        ? { domain }
        : system
          ? { system: "all" }
          : "unscoped";
  const token = {
    methods,
    user: { id, name, domain: home },
    scope,
    roles,
    catalog: catalog.map((service) => ({
      ...service,
      endpoints: service.endpoints.map(({ region, region_id, ...endpoint }) => ({
        ...endpoint,
        region: region_id ?? region ?? null,
      })),
    })),
    issuedAt,
    expiresAt,
    auditIds,
    extra: { ...extra, user, ...(trust && { project }) },
  };
  return Object.freeze(Object.defineProperty(token as typeof token & Token, "id", { value }));
}

/** Some releases leave the zone out and mean UTC, where `Date` alone would read local time. */
function time(text: string): Date {
  return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}
