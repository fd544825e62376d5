import { looseObject, string } from "valibot";
import type { Kind } from "../shared/kind.ts";
import { id, maybe, maybeFlag, maybeListOf, options, text } from "../shared/shapes.ts";

/** A project, as the API has it. */
export interface Project {
  readonly id: string;
  readonly name: string;
  /** Null for a project that is itself a domain. */
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
  id,
  name: text,
  domain_id: maybe(string()),
  enabled: maybeFlag,
  description: maybe(string()),
  parent_id: maybe(string()),
  is_domain: maybeFlag,
  tags: maybeListOf(string()),
  options,
};

export const projectKind: Kind<Project> = {
  one: "project",
  many: "projects",
  schema: looseObject(projectEntries),
};
