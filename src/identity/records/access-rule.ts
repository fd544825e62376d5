import { looseObject, string } from "valibot";
import type { Kind } from "../shared/kind.ts";
import { id, maybe } from "../shared/shapes.ts";

/** An access rule, as the API has it: what an application credential may be used for. */
export interface AccessRule {
  readonly id: string;
  /** The type of the service. */
  readonly service?: string | null | undefined;
  readonly method?: string | null | undefined;
  /** May hold `*`, `**` and names in braces. */
  readonly path?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

export const accessRuleKind: Kind<AccessRule> = {
  one: "access_rule",
  many: "access_rules",
  schema: looseObject({
    id,
    service: maybe(string()),
    method: maybe(string()),
    path: maybe(string()),
  }),
};
