import { looseObject, nullish, string } from "valibot";
import type { Kind } from "./request.ts";

/** A group of users, as the API has it. */
export interface Group {
  readonly id: string;
  /** May be empty: of a group of LDAP that has none. */
  readonly name: string;
  readonly domain_id: string;
  readonly description?: string | null | undefined;
  /**
   * Of a user's groups: when the user, who is in it by federation, leaves it. UTC, although it has no
   * zone; null: never.
   */
  readonly membership_expires_at?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

export const groupKind: Kind<Group> = {
  one: "group",
  many: "groups",
  schema: looseObject({
    id: string(),
    name: nullish(string(), ""),
    domain_id: string(),
    description: nullish(string()),
    membership_expires_at: nullish(string()),
  }),
};
