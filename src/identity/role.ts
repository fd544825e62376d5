import { looseObject, nullish, string } from "valibot";
import type { Kind } from "./request.ts";

/** A role, as the API has it. */
export interface Role {
  readonly id: string;
  readonly name: string;
  /** The domain it is of; null: of the whole cloud. */
  readonly domain_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly options?: Readonly<Record<string, unknown>> | null | undefined;
  readonly [attribute: string]: unknown;
}

export const roleKind: Kind<Role> = {
  one: "role",
  many: "roles",
  schema: looseObject({
    id: string(),
    name: string(),
    domain_id: nullish(string()),
    description: nullish(string()),
    options: nullish(looseObject({})),
  }),
};
