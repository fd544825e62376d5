import { looseObject, string } from "valibot";
import type { Kind } from "../shared/kind.ts";
import { flagOrTrue, id, maybe, options, text, time } from "../shared/shapes.ts";

/** A user, as the API has it. */
export interface User {
  readonly id: string;
  /**
   * May be empty: for a federated user whose identity provider was deleted, or an LDAP user without
   * one.
   */
  readonly name: string;
  readonly domain_id: string;
  /** True if a server does not say, as Keystone itself assumes. */
  readonly enabled: boolean;
  readonly default_project_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly email?: string | null | undefined;
  /** UTC, with the zone that Keystone leaves out; null: never. */
  readonly password_expires_at?: string | null | undefined;
  readonly options?: Readonly<Record<string, unknown>> | null | undefined;
  readonly [attribute: string]: unknown;
}

export const userKind: Kind<User> = {
  one: "user",
  many: "users",
  schema: looseObject({
    id,
    name: text,
    domain_id: text,
    // Not there where an operator ignores LDAP's; for Keystone itself that is true.
    enabled: flagOrTrue,
    default_project_id: maybe(string()),
    description: maybe(string()),
    email: maybe(string()),
    password_expires_at: time,
    options,
  }),
};
