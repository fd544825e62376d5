import { expect, expectRequest } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import { projectOf, type Token } from "../token.ts";

/** Headers that say who the caller is: all that keystonemiddleware sets, and similar ones. */
const identityHeader =
  /^(x-(service-)?((user|project|domain|tenant|role|roles|identity-status)(-.*)?)|x-is-admin-project|x-service-catalog|openstack-system-scope)$/;

/**
 * Makes the headers by which keystonemiddleware tells a service who the caller is, for an upstream
 * that trusts this server: `X-User-Id`, `X-Project-Id`, `X-Roles`, `OpenStack-System-Scope` … Set
 * them on a request from which such headers were removed: see `withoutIdentityHeaders`, which
 * `guard.protect` has applied.
 *
 * Names that are not ASCII are sent as UTF-8. A role whose name has a comma is left out: it would look
 * like two. There is no `X-Service-Catalog`: it is too long for most servers.
 *
 * @see https://docs.openstack.org/keystonemiddleware/latest/middlewarearchitecture.html
 * @example
 * const api = guard.protect((request, token) => {
 *   const headers = new Headers(request.headers);
 *   identityHeaders(token).forEach((value, name) => headers.set(name, value));
 *   return fetch(new Request(upstream, { method: request.method, headers }));
 * });
 */
export function identityHeaders(token: Token): Headers {
  expect(isRecord(token) && isRecord(token.user), "token", "a Token");
  const { user, scope, roles, extra } = token;
  const project = projectOf(token);
  const roleNames = roles.map(({ name }) => name).filter((name) => !/[,\p{Cc}]/u.test(name));
  const facts: Readonly<Record<string, string | undefined>> = {
    "X-Identity-Status": "Confirmed",
    "X-User-Id": user.id,
    "X-User-Name": user.name,
    "X-User-Domain-Id": user.domain.id,
    "X-User-Domain-Name": user.domain.name,
    "X-Project-Id": project?.id,
    "X-Project-Name": project?.name,
    "X-Project-Domain-Id": project?.domain.id,
    "X-Project-Domain-Name": project?.domain.name,
    "X-Domain-Id": scope.domain?.id,
    "X-Domain-Name": scope.domain?.name,
    "OpenStack-System-Scope": scope.system,
    // A token says so only if the cloud has such a project.
    "X-Is-Admin-Project": extra.is_admin_project === false ? "False" : "True",
    // Deprecated, but still set by keystonemiddleware.
    "X-User": user.name,
    "X-Tenant-Id": project?.id,
    "X-Tenant-Name": project?.name,
    "X-Tenant": project?.name,
  };
  const listed = asBytes(roleNames.join(","));
  // These are set even when empty.
  const headers = new Headers({ "X-Roles": listed, "X-Role": listed });
  for (const [name, value] of Object.entries(facts)) {
    if (value) headers.set(name, asBytes(value));
  }
  return headers;
}

/**
 * Returns the request without the headers that say who the caller is, which anybody can forge:
 * `X-User-*`, `X-Project-*`, `X-Domain-*`, `X-Tenant-*`, `X-Roles`, `X-Identity-Status`, the same with
 * `X-Service-`, `OpenStack-System-Scope`, `X-Is-Admin-Project` … also with `_` for `-`, which some
 * servers treat alike. `X-Auth-Token` and `X-Service-Token` stay.
 *
 * @returns the same request, if it has none of them.
 * @example
 * const { headers } = withoutIdentityHeaders(request);
 */
export function withoutIdentityHeaders(request: Request): Request {
  expectRequest(request);
  const forged = [...request.headers.keys()].filter((name) =>
    identityHeader.test(name.toLowerCase().replaceAll("_", "-")),
  );
  if (forged.length === 0) return request;
  const headers = new Headers(request.headers);
  for (const name of forged) headers.delete(name);
  return new Request(request, { headers });
}

/** A header's value is bytes: a string with one character for each byte of the UTF-8. */
function asBytes(value: string): string {
  const bytes = new TextEncoder().encode(value.replace(/\p{Cc}/gu, " "));
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
