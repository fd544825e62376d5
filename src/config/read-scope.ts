import { expect } from "../expect.ts";
import type { DomainRef, Scope } from "../scope.ts";
import type { Settings } from "./settings.ts";

const projectId = ["project_id", "tenant_id"];
const projectName = ["project_name", "tenant_name"];
const project = [...projectId, ...projectName];
const domain = ["domain_id", "domain_name"];

/** The scope, or undefined where nothing names one: then the server decides. */
export function readScope(settings: Settings): Scope | undefined {
  const { get, placeOf } = settings;
  const [first, second] = placesOfScope(settings);
  expect(!second, `${second}`, `nothing beside ${first}: a token has one scope`);
  const [id, name] = [get(...projectId), get(...projectName)];
  const [system, trust] = [get("system_scope"), get("trust_id")];
  expect(!system || system === "all", placeOf("system_scope"), "all");
  if (id) return { project: { id } };
  if (name) return { project: { name, domain: readDomain(settings, "project_") } };
  if (trust) return { trust: { id: trust } };
  if (system) return { system: "all" };
  return first ? { domain: readDomain(settings, "") } : undefined;
}

/** Where scopes are written, at most one for each kind. */
export function placesOfScope({ get, placeOf }: Settings): string[] {
  // A domain beside a project is no scope, but where the project and the user are.
  const kinds = [project, ...(get(...project) ? [] : [domain]), ["system_scope"], ["trust_id"]];
  return kinds.filter((names) => get(...names)).map((names) => placeOf(...names));
}

/**
 * A domain, by `domain_id` or `domain_name` with this before it. Without one it is the domain beside
 * the project, or the default domain, which is "default": all as for the openstack command.
 */
export function readDomain({ get }: Settings, prefix: string): DomainRef {
  for (const before of [prefix, get(...project) ? "" : prefix, "default_"]) {
    const [id, name] = [get(`${before}domain_id`), get(`${before}domain_name`)];
    if (id) return { id };
    if (name) return { name };
  }
  return { id: get("default_domain") ?? "default" };
}
