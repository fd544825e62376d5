import { fallback, looseObject, nullish, string } from "valibot";
import type { Kind } from "../shared/kind.ts";
import { id, maybe, text } from "../shared/shapes.ts";

/** An endpoint group, as the API has it: all endpoints with certain attributes. */
export interface EndpointGroup {
  readonly id: string;
  readonly name: string;
  readonly description?: string | null | undefined;
  /** The attributes, such as `region_id`, `interface` and `service_id`. */
  readonly filters: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

export const endpointGroupKind: Kind<EndpointGroup> = {
  one: "endpoint_group",
  many: "endpoint_groups",
  schema: looseObject({
    id,
    name: text,
    description: maybe(string()),
    filters: fallback(nullish(looseObject({}), {}), {}),
  }),
};
