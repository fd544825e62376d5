import type { IssuedToken } from "../auth/method.ts";
import { ResponseError } from "../errors.ts";
import { recordOf } from "../is-record.ts";
import { isTokenId } from "../token.ts";
import { readServiceCatalog } from "./service-catalog.ts";
import { objects, text, time } from "./values.ts";

/** What an answer of Identity v2.0 does not say. */
export interface Circumstances {
  /** How the token was requested. */
  readonly method: "password" | "token";
  /** When the answer came, in milliseconds since 1970. */
  readonly receivedAt: number;
  /** Seconds that a token counts as alive if the server doesn't say when it expires. */
  readonly lifetime: number;
}

/** v2.0 knows no domains: to v3, all that it has is in the default one. */
const domain = { id: "default", name: "Default" };

/**
 * Turns the `access` document of POST /v2.0/tokens into the body of POST /v3/auth/tokens. It
 * must have the token's id and a name or an id of the user; whatever else is missing is replaced or
 * left out.
 *
 * @throws {ResponseError} naming the path that is not as in a token.
 */
export function readAccess(body: unknown, circumstances: Circumstances): IssuedToken {
  const { token, user, serviceCatalog, metadata } = recordOf(recordOf(body).access);
  const { id, tenant, audit_ids } = recordOf(token);
  if (!isTokenId(id)) throw unlike("a string at access.token.id");
  const project = readTenant(tenant);
  const document = {
    token: {
      methods: [circumstances.method],
      user: readUser(user),
      ...(project && { project }),
      roles: readRoles(recordOf(user).roles),
      catalog: readServiceCatalog(serviceCatalog),
      ...readTimes(recordOf(token), circumstances),
      audit_ids: Array.isArray(audit_ids) ? audit_ids.filter(text) : [],
      ...(metadata !== undefined && { metadata }),
    },
  };
  return { id, document };
}

/** oVirt's users have an empty id: their name replaces it. */
function readUser(value: unknown): object {
  const { roles: _, ...user } = recordOf(value);
  const name = text(user.name) ?? text(user.username) ?? text(user.id);
  if (name === undefined) throw unlike("a string at access.user.name");
  return { ...user, id: text(user.id) ?? name, name, domain };
}

function readTenant(value: unknown): object | undefined {
  const { id, name } = recordOf(value);
  return text(id) === undefined ? undefined : { id, name: text(name) ?? id, domain };
}

/** In most releases, roles have only a name, which replaces the id. */
function readRoles(value: unknown): object[] {
  return objects(value).flatMap(({ id, name }) => {
    const shown = text(name) ?? text(id);
    return shown === undefined ? [] : [{ id: text(id) ?? shown, name: shown }];
  });
}

/**
 * A token that was just issued is alive. Without an expiry, or with one that is past (its clock and
 * ours differ), it counts as alive for the `lifetime`.
 */
function readTimes(
  token: Readonly<Record<string, unknown>>,
  { receivedAt, lifetime }: Circumstances,
): object {
  const issuedAt = time(token.issued_at) ?? receivedAt;
  const end = time(token.expires);
  const expiresAt = end !== undefined && end > issuedAt ? end : issuedAt + lifetime * 1000;
  return {
    issued_at: new Date(issuedAt).toISOString(),
    // A `Date` holds no more.
    expires_at: new Date(Math.min(expiresAt, 8.64e15)).toISOString(),
  };
}

function unlike(expected: string): ResponseError {
  return new ResponseError(`Not an Identity v2.0 token: expected ${expected}`);
}
