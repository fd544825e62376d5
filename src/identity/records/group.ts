import { looseObject, string } from "valibot";
import type { Kind } from "../shared/kind.ts";
import { id, maybe, text, time } from "../shared/shapes.ts";

/** A group of users, as the API has it. */
export interface Group {
  readonly id: string;
  /** May be empty, for a group of LDAP that has none. */
  readonly name: string;
  readonly domain_id: string;
  readonly description?: string | null | undefined;
  /**
   * In a list of a user's groups: when the user's federated membership ends. UTC, with the zone that
   * Keystone leaves out; null: never.
   */
  readonly membership_expires_at?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

export const groupKind: Kind<Group> = {
  one: "group",
  many: "groups",
  schema: looseObject({
    id,
    name: text,
    domain_id: text,
    description: maybe(string()),
    membership_expires_at: time,
  }),
};
