import { array, boolean, looseObject, nullish, string } from "valibot";
import type { Kind } from "./request.ts";

/** A project, as the API has it. */
export interface Project {
  readonly id: string;
  readonly name: string;
  /** Null for what is a domain itself. */
  readonly domain_id?: string | null | undefined;
  readonly enabled?: boolean | null | undefined;
  readonly description?: string | null | undefined;
  /** The project above it, or its domain. */
  readonly parent_id?: string | null | undefined;
  readonly is_domain?: boolean | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly options?: Readonly<Record<string, unknown>> | null | undefined;
  readonly [attribute: string]: unknown;
}

export const projectEntries = {
  id: string(),
  name: string(),
  domain_id: nullish(string()),
  enabled: nullish(boolean()),
  description: nullish(string()),
  parent_id: nullish(string()),
  is_domain: nullish(boolean()),
  tags: nullish(array(string())),
  options: nullish(looseObject({})),
};

export const projectKind: Kind<Project> = {
  one: "project",
  many: "projects",
  schema: looseObject(projectEntries),
};
