import { looseObject, string } from "valibot";
import type { Kind } from "../shared/kind.ts";
import { id, maybe, maybeFlag, text } from "../shared/shapes.ts";

/** An endpoint, as the API has it: one address of a service. */
export interface Endpoint {
  readonly id: string;
  readonly service_id: string;
  /** `"public"`, `"internal"` or `"admin"`. */
  readonly interface: string;
  /** May hold places such as `%(project_id)s`. */
  readonly url: string;
  readonly region_id?: string | null | undefined;
  /** An older name of `region_id`. */
  readonly region?: string | null | undefined;
  /** A disabled one is in no catalog. */
  readonly enabled?: boolean | null | undefined;
  readonly [attribute: string]: unknown;
}

export const endpointKind: Kind<Endpoint> = {
  one: "endpoint",
  many: "endpoints",
  schema: looseObject({
    id,
    service_id: text,
    interface: text,
    url: text,
    region_id: maybe(string()),
    region: maybe(string()),
    enabled: maybeFlag,
  }),
};
