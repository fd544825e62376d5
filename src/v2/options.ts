import { expect } from "../expect.ts";
import { recordOf } from "../is-record.ts";
import { text } from "./values.ts";

/** What v3 calls a project: by its id, or by its name, which is unique in v2.0. */
export type Tenant = { readonly id: string } | { readonly name: string };

/** What both methods take. */
export interface V2Options {
  /**
   * Default: the server's choice; oVirt's knows no tenants. A session's `scope` belongs to v3: omit
   * it.
   */
  readonly tenant?: Tenant | undefined;
  /**
   * Seconds that a token counts as alive if the server doesn't say when it expires. Default 3600. A
   * token that dies earlier is renewed at the first 401.
   */
  readonly lifetime?: number | undefined;
}

/** The tenant as v2.0 has it in a login. */
export function tenantRequest(tenant: Tenant | undefined, option: string): object {
  if (tenant === undefined) return {};
  const { id, name } = recordOf(tenant);
  expect(text(id) ?? text(name), option, "{ id } or { name }");
  return text(id) ? { tenantId: id } : { tenantName: name };
}

/** @throws {OptionsError} */
export function readLifetime(lifetime = 3600, option: string): number {
  const possible = typeof lifetime === "number" && lifetime > 0 && lifetime < 2 ** 31;
  expect(possible, option, "seconds, more than 0 and below 2 ** 31");
  return lifetime;
}
