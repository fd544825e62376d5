import type { KyInstance } from "ky";
import { ResponseError } from "../errors.ts";
import { isRecord } from "../is-record.ts";

/** A project or a domain, as the API has it. */
export interface ScopeRecord {
  readonly id: string;
  readonly name: string;
  readonly [attribute: string]: unknown;
}

/**
 * Lists the enabled projects or domains that a token's user may scope to.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-project-scopes
 */
export async function availableScopes(
  keystone: KyInstance,
  kind: "projects" | "domains",
  signal: AbortSignal | undefined,
): Promise<ScopeRecord[]> {
  const body: unknown = await keystone.get(`auth/${kind}`, { signal: signal ?? null }).json();
  const list = isRecord(body) ? body[kind] : undefined;
  if (!Array.isArray(list))
    throw new ResponseError(`Not a list of ${kind}: expected "${kind}" in the reply`);
  // Keystone lists the disabled ones, too, which nobody can scope to.
  return list.filter(isScopeRecord).filter(({ enabled }) => enabled !== false);
}

/** A record without an id can't be scoped to, and is left out. */
function isScopeRecord(value: unknown): value is ScopeRecord {
  return isRecord(value) && typeof value.id === "string" && typeof value.name === "string";
}
