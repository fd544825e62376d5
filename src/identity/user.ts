import { boolean, looseObject, nullish, optional, string } from "valibot";
import type { Kind } from "./request.ts";

/** A user, as the API has it. */
export interface User {
  readonly id: string;
  /** May be empty: a federated user's, when the identity provider is gone; one's of LDAP that has none. */
  readonly name: string;
  readonly domain_id: string;
  readonly enabled: boolean;
  readonly default_project_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly email?: string | null | undefined;
  /** UTC, although it has no zone; null: never. */
  readonly password_expires_at?: string | null | undefined;
  readonly options?: Readonly<Record<string, unknown>> | null | undefined;
  readonly [attribute: string]: unknown;
}

export const userKind: Kind<User> = {
  one: "user",
  many: "users",
  schema: looseObject({
    id: string(),
    name: nullish(string(), ""),
    domain_id: string(),
    // Not there where an operator ignores LDAP's; for Keystone itself that is true.
    enabled: optional(boolean(), true),
    default_project_id: nullish(string()),
    description: nullish(string()),
    email: nullish(string()),
    password_expires_at: nullish(string()),
    options: nullish(looseObject({})),
  }),
};
