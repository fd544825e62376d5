import { boolean, looseObject, nullish, string } from "valibot";
import type { Kind } from "./request.ts";

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
    id: string(),
    name: string(),
    enabled: nullish(boolean()),
    description: nullish(string()),
    options: nullish(looseObject({})),
  }),
};
