import { looseObject, string } from "valibot";
import type { Kind } from "../shared/kind.ts";
import { id, maybe, maybeFlag, options, text } from "../shared/shapes.ts";

/** A domain, as the API has it. */
export interface Domain {
  readonly id: string;
  readonly name: string;
  readonly enabled?: boolean | null | undefined;
  readonly description?: string | null | undefined;
  readonly options?: Readonly<Record<string, unknown>> | null | undefined;
  readonly [attribute: string]: unknown;
}

export const domainKind: Kind<Domain> = {
  one: "domain",
  many: "domains",
  schema: looseObject({
    id,
    name: text,
    enabled: maybeFlag,
    description: maybe(string()),
    options,
  }),
};
