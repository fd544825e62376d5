import { looseObject, string } from "valibot";
import type { Kind } from "../shared/kind.ts";
import { id, maybe, options, text } from "../shared/shapes.ts";

/** A role, as the API has it. */
export interface Role {
  readonly id: string;
  readonly name: string;
  /** The domain that it belongs to; null: to the whole cloud. */
  readonly domain_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly options?: Readonly<Record<string, unknown>> | null | undefined;
  readonly [attribute: string]: unknown;
}

export const roleKind: Kind<Role> = {
  one: "role",
  many: "roles",
  schema: looseObject({
    id,
    name: text,
    domain_id: maybe(string()),
    description: maybe(string()),
    options,
  }),
};
