import { expect } from "../expect.ts";
import { refuse } from "../refuse.ts";
import type { DomainRef, Scope } from "../scope.ts";
import type { Settings } from "./settings.ts";

const projectId = ["project_id", "tenant_id"];
const projectName = ["project_name", "tenant_name"];
const project = [...projectId, ...projectName];
const domain = ["domain_id", "domain_name"];

/** The scope, or undefined if nothing names one: then the server decides. */
export function readScope(settings: Settings): Scope | undefined {
  const { get, placeOf } = settings;
  const [first, second] = placesOfScope(settings);
  refuse(second, `${second}`, `must not be set beside ${first}: a token has one scope`);
  const id = get(...projectId);
  if (id) return { project: { id } };
  const name = get(...projectName);
  if (name) return { project: { name, domain: readDomain(settings, "project_") } };
  const trust = get("trust_id");
  if (trust) return { trust: { id: trust } };
  const system = get("system_scope");
  expect(!system || system === "all", placeOf("system_scope"), "all");
  if (system) return { system: "all" };
  return first ? { domain: readDomain(settings, "") } : undefined;
}

/** Where scopes are written, at most one for each kind. */
export function placesOfScope({ has, placeOf }: Settings): string[] {
  // A domain beside a project is not a scope, but the domain of the project and the user.
  const kinds = [project, ...(has(...project) ? [] : [domain]), ["system_scope"], ["trust_id"]];
  return kinds.filter((names) => has(...names)).map((names) => placeOf(...names));
}

/**
 * A domain, by `domain_id` or `domain_name` with this before it, or by the domain beside a project;
 * an id takes precedence over a name. Without any it is the default domain, "default": all as in the
 * openstack command.
 */
export function readDomain({ get, has }: Settings, prefix: string): DomainRef {
  const prefixes = has(...project) ? [prefix, ""] : [prefix];
  const id = get(...prefixes.map((before) => `${before}domain_id`));
  if (id) return { id };
  const name = get(...prefixes.map((before) => `${before}domain_name`));
  if (name) return { name };
  const defaultId = get("default_domain_id");
  if (defaultId) return { id: defaultId };
  const defaultName = get("default_domain_name");
  if (defaultName) return { name: defaultName };
  return { id: get("default_domain") ?? "default" };
}
