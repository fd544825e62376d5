import { expect } from "../expect.ts";
import type { DomainRef, Scope } from "../scope.ts";
import type { Settings } from "./settings.ts";

const projectId = ["project_id", "tenant_id"];
const projectName = ["project_name", "tenant_name"];

/** What names each kind of scope. */
const kinds = [
  [...projectId, ...projectName],
  ["domain_id", "domain_name"],
  ["system_scope"],
  ["trust_id"],
];

/** The scope, or undefined where nothing names one: then the server decides. */
export function readScope(settings: Settings): Scope | undefined {
  const { get, placeOf } = settings;
  const [first, second] = placesOfScope(settings);
  expect(
    !second,
    `${second}`,
    `nothing beside ${first}: a token has one scope (${placeOf("project_domain_name")} is the project's domain)`,
  );
  const [project, system, trust] = [get(...projectId), get("system_scope"), get("trust_id")];
  const name = get(...projectName);
  expect(!system || system === "all", placeOf("system_scope"), "all");
  if (project) return { project: { id: project } };
  if (name) return { project: { name, domain: readDomain(settings, "project_") } };
  if (trust) return { trust: { id: trust } };
  if (system) return { system: "all" };
  return first ? { domain: readDomain(settings, "") } : undefined;
}

/** Where scopes are written, at most one for each kind. */
export function placesOfScope({ get, placeOf }: Settings): string[] {
  return kinds.filter((names) => get(...names)).map((names) => placeOf(...names));
}

/**
 * A domain, by `domain_id` or `domain_name` with this before it. Without one it is the default
 * domain, which is "default" as for the openstack command.
 */
export function readDomain({ get }: Settings, prefix: string): DomainRef {
  const [id, name] = [get(`${prefix}domain_id`), get(`${prefix}domain_name`)];
  if (id) return { id };
  if (name) return { name };
  const defaultId = get("default_domain_id", "default_domain");
  const defaultName = get("default_domain_name");
  return !defaultId && defaultName ? { name: defaultName } : { id: defaultId ?? "default" };
}
