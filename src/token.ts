import { type Catalog, readCatalog } from "./catalog/catalog.ts";
import { ResponseError } from "./errors.ts";
import { isRecord, textOf } from "./is-record.ts";
import { read } from "./wire/read.ts";
import { tokenDocument } from "./wire/token.ts";

/** An id and a name, as the server has them. */
export interface IdAndName {
  readonly id: string;
  readonly name: string;
}

/** A token's scope, with ids and names filled in; each kind can be read on its own. */
export type TokenScope =
  | (OnlyOne<"project"> & { readonly project: IdAndName & { readonly domain: IdAndName } })
  | (OnlyOne<"domain"> & { readonly domain: IdAndName })
  | (OnlyOne<"system"> & { readonly system: "all" })
  | (OnlyOne<"trust"> & { readonly trust: { readonly id: string } })
  | UnscopedScope;

/** So that `token.scope.project?.id` compiles, whatever the scope is. */
type OnlyOne<Kind extends string> = {
  readonly [Other in Exclude<"project" | "domain" | "system" | "trust", Kind>]?: undefined;
};

/** `"unscoped"`, of which every kind is undefined. */
type UnscopedScope = "unscoped" & OnlyOne<never>;

/**
 * A token, and what Keystone says about it.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 */
export interface Token {
  /** What goes into `X-Auth-Token`. A secret: a getter on the prototype, so no log or JSON shows it. */
  readonly id: string;
  /** The methods by which it was obtained, in no particular order. */
  readonly methods: readonly string[];
  readonly user: IdAndName & { readonly domain: IdAndName };
  /** Can be passed to `rescope()` as it is. */
  readonly scope: TokenScope;
  readonly roles: readonly IdAndName[];
  readonly catalog: Catalog;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly auditIds: readonly string[];
  /**
   * What else the document held, under the API's own names. Parts that could not be read are under
   * `unread`.
   */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A token whose id is in a private field, which no runtime prints. */
class TokenRecord implements Token {
  readonly #id: string;
  declare readonly methods: Token["methods"];
  declare readonly user: Token["user"];
  declare readonly scope: Token["scope"];
  declare readonly roles: Token["roles"];
  declare readonly catalog: Token["catalog"];
  declare readonly issuedAt: Date;
  declare readonly expiresAt: Date;
  declare readonly auditIds: Token["auditIds"];
  declare readonly extra: Token["extra"];

  constructor(id: string, facts: Omit<Token, "id">) {
    this.#id = id;
    Object.assign(this, facts);
    Object.freeze(this);
  }

  get id(): string {
    return this.#id;
  }
}

/** A token that somebody copied or wrote, as one that shows its id to no log and can't be changed. */
export function asToken(given: Token): Token {
  if (given instanceof TokenRecord) return given;
  const { id, catalog, ...facts } = given;
  return new TokenRecord(id, { ...facts, catalog: readCatalog(catalog, () => undefined) });
}

/** The project that a token is for. A trust's is not in the scope but beside it. */
export function projectOf({ scope, extra }: Token): Token["user"] | undefined {
  const project: unknown = scope.project ?? extra.project;
  return isRecord(project) ? readOwner(project) : undefined;
}

/** Whether a value can be a token's id: it has to fit into a header, and be a single value. */
export function isTokenId(id: unknown): id is string {
  return typeof id === "string" && /^[\x21-\x7e]+$/.test(id) && !id.includes(",");
}

/**
 * Reads the body of POST or GET /v3/auth/tokens part by part: only the user's id and the times are
 * required.
 *
 * @throws {ResponseError} naming the path that is wrong.
 */
export function parseToken(id: string, body: unknown): Token {
  const { catalog, issued_at, expires_at, user, project, domain, ...rest } = read(
    tokenDocument,
    body,
    "a token",
  ).token;
  const { methods, audit_ids, system, roles, ...extra } = without(id, rest) as typeof rest;
  const named = { user, project, domain };
  // A short id may be a part of a name.
  const about = id.length < shortestId ? named : (without(id, named) as typeof named);
  const issuedAt = readTime(issued_at);
  const expiresAt = readTime(expires_at);
  if (!(expiresAt >= issuedAt)) {
    throw new ResponseError("Not a token: expected times at token.issued_at, token.expires_at");
  }
  const unread: unknown[] = [];
  const skip = (part: unknown) => unread.push(part);
  const trust = extra["OS-TRUST:trust"];
  const { id: _, name: __, domain: ___, ...otherOfUser } = about.user;
  return new TokenRecord(id, {
    methods: strings(methods),
    user: readOwner(about.user),
    scope: scopeIn({ ...about, trust, system }),
    roles: readRoles(roles, skip),
    catalog: readCatalog(catalog, skip),
    issuedAt,
    expiresAt,
    auditIds: strings(audit_ids),
    extra: {
      ...extra,
      user: without(id, otherOfUser),
      ...(trust ? { project: about.project } : {}),
      ...(unread.length > 0 ? { unread: without(id, unread) } : {}),
    },
  });
}

/** A shorter id than real ones may be a part of any word. */
const shortestId = 16;

/** Removes the token's id, which some servers repeat in the document, and what is nested very deep. */
function without(id: string, value: unknown, depth = 0): unknown {
  if (depth > 20) return undefined;
  const holds = (text: string) => id.length >= shortestId && text.includes(id);
  const repeats = (one: unknown) => one === id || (typeof one === "string" && holds(one));
  if (Array.isArray(value)) {
    return value.filter((one) => !repeats(one)).map((one) => without(id, one, depth + 1));
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([key, one]) => !holds(key) && !repeats(one));
  return Object.fromEntries(entries.map(([key, one]) => [key, without(id, one, depth + 1)]));
}

interface ScopeParts {
  readonly trust: unknown;
  readonly project: unknown;
  readonly domain: unknown;
  readonly system: unknown;
}

function scopeIn({ trust, project, domain, system }: ScopeParts): TokenScope {
  if (hasId(trust)) return { trust: { id: trust.id } };
  if (hasId(project)) return { project: readOwner(project) };
  if (hasId(domain)) return { domain: readNames(domain) };
  if (isRecord(system) && Object.keys(system).length > 0) return { system: "all" };
  return "unscoped" as TokenScope;
}

function hasId(value: unknown): value is Record<string, unknown> & { id: string } {
  return isRecord(value) && textOf(value.id) !== "";
}

/** Something that belongs to a domain. The name of a federated user's domain may be missing. */
function readOwner(value: Record<string, unknown>): Token["user"] {
  const domain = isRecord(value.domain) ? value.domain : {};
  return Object.freeze({ ...readNames(value), domain: readNames(domain) });
}

function readNames({ id, name }: Record<string, unknown>): IdAndName {
  return Object.freeze({ id: textOf(id), name: textOf(name) });
}

function readRoles(roles: unknown, skip: (part: unknown) => void): readonly IdAndName[] {
  const found: IdAndName[] = [];
  for (const role of Array.isArray(roles) ? roles : []) {
    if (hasId(role)) found.push(Object.freeze({ ...role, ...readNames(role) }));
    else skip({ role });
  }
  return Object.freeze(found);
}

function strings(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? value : [];
  return Object.freeze(all.filter((one) => typeof one === "string"));
}

/**
 * Reads a time. Some releases leave out the zone and mean UTC, which `Date` alone would take for local
 * time; and Firefox reads no small letters in it.
 */
export function readTime(text: string): Date {
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  return new Date(zoned.toUpperCase());
}
