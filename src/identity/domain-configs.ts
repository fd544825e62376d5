import { looseObject, record, string, unknown } from "valibot";
import { pathSegment } from "../path-segment.ts";
import { refuse } from "../refuse.ts";
import type { CallOptions, Session } from "../session/contract.ts";
import { attributes } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import { path } from "./shared/path.ts";
import { erase, show } from "./shared/requests.ts";
import { maybe } from "./shared/shapes.ts";

/** A domain's own settings: groups of options, as in `{ ldap: { url: "ldap://ldap.example" } }`. */
export interface DomainConfig {
  readonly [group: string]: { readonly [option: string]: unknown };
}

/** Which part of a configuration is meant: all of it, one group, or one option of a group. */
export type DomainConfigPart =
  | { readonly group?: undefined; readonly option?: undefined }
  | { readonly group: string; readonly option?: string | undefined };

/** What the rules of a cloud's passwords are. */
export interface SecurityCompliance {
  /** The pattern that every password has to match; null: any will do. */
  readonly password_regex?: string | null | undefined;
  /** The pattern in words. */
  readonly password_regex_description?: string | null | undefined;
  readonly [option: string]: unknown;
}

/**
 * Gets a domain's configuration, or a part of it. Secret options, such as LDAP's password, are never
 * in it.
 *
 * @throws {NotFoundError} if the domain has no such configuration.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-domain-configuration
 * @example
 * const { id } = await domains.create(session, { name: `guests ${Date.now()}`, enabled: false });
 * await domainConfigs.create(session, id, { ldap: { url: "ldap://ldap.example" } });
 * const { ldap } = await domainConfigs.get(session, id, { group: "ldap" });
 * await domains.delete(session, id);
 */
export async function get(
  session: Session,
  domain: string,
  options?: DomainConfigPart & CallOptions,
): Promise<DomainConfig> {
  return showPart(session, path`domains/${domain}/config` + partPath(options), options);
}

/**
 * Sets a domain's configuration, and replaces the one that it had. Only the groups `identity` and
 * `ldap` can be set for a domain, and not all of their options.
 *
 * @returns the new configuration, without its secrets
 * @throws {ForbiddenError} for an option that can't be set, or a domain that can't have a
 * configuration.
 * @throws {NotFoundError} if there is no such domain.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-domain-configuration
 * @example
 * const { id } = await domains.create(session, { name: `guests ${Date.now()}`, enabled: false });
 * await domainConfigs.create(session, id, { ldap: { url: "ldap://ldap.example" } });
 * await domains.delete(session, id);
 */
export async function create(
  session: Session,
  domain: string,
  config: DomainConfig,
  options?: CallOptions,
): Promise<DomainConfig> {
  const json = { config: attributes(config, "config") };
  const parts = { method: "put", json } as const;
  return show(session, whole, path`domains/${domain}/config`, options, parts);
}

/**
 * Changes options of a domain's configuration, and leaves the others. With a `group`, or also an
 * `option`, it changes only options that the domain has already.
 *
 * @returns the whole configuration, without its secrets
 * @throws {ForbiddenError} for an option that can't be set, or is not in the part that is meant.
 * @throws {NotFoundError} if the domain has no such part, or there is no such domain.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-domain-configuration
 * @example
 * const { id } = await domains.create(session, { name: `guests ${Date.now()}`, enabled: false });
 * await domainConfigs.create(session, id, { ldap: { url: "ldap://ldap.example" } });
 * await domainConfigs.update(session, id, { ldap: { page_size: 100 } });
 * await domains.delete(session, id);
 */
export async function update(
  session: Session,
  domain: string,
  config: DomainConfig,
  options?: DomainConfigPart & CallOptions,
): Promise<DomainConfig> {
  const { group, option } = options ?? {};
  const address = path`domains/${domain}/config` + partPath(options);
  const given = attributes(config, "config") as DomainConfig;
  const changes = group === undefined ? given : given[group];
  refuse(!changes, "config", `has no group "${group}"`);
  // The API wants an option without its group around it.
  const json = { config: option === undefined ? given : changes };
  const parts = { method: "patch", json, options: partNames } as const;
  return show(session, whole, address, options, parts);
}

/**
 * Deletes a domain's configuration, or a part of it: the cloud's own settings apply then.
 *
 * @throws {NotFoundError} if the domain has no such group or option, or there is no such domain.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-domain-configuration
 * @example
 * const { id } = await domains.create(session, { name: `guests ${Date.now()}`, enabled: false });
 * await domainConfigs.create(session, id, { ldap: { url: "ldap://ldap.example", page_size: 9 } });
 * await domainConfigs.delete(session, id, { group: "ldap", option: "page_size" });
 * await domains.delete(session, id);
 */
async function remove(
  session: Session,
  domain: string,
  options?: DomainConfigPart & DeleteOptions,
): Promise<void> {
  const address = path`domains/${domain}/config` + partPath(options);
  return erase(session, address, options, { options: partNames });
}

export { remove as delete };

/**
 * Gets the cloud's own settings, or a part of them: these apply to a domain without a configuration.
 *
 * @throws {ForbiddenError} without a role for it, or for an option that can't be set for a domain.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-default-configuration-settings
 * @example
 * const { identity } = await domainConfigs.defaults(session, { group: "identity" });
 * console.log(identity?.driver);
 */
export async function defaults(
  session: Session,
  options?: DomainConfigPart & CallOptions,
): Promise<DomainConfig> {
  return showPart(session, `domains/config${partPath(options)}/default`, options);
}

/**
 * Gets the cloud's rules for passwords, for a form that asks for a new one. Needs no role.
 *
 * @param domain the default domain's id, usually "default": no other has rules
 * @throws {ForbiddenError} for another domain.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-domain-group-option-configuration
 * @example
 * const rules = await domainConfigs.securityCompliance(session, "default");
 * console.log(rules.password_regex_description ?? "no rules");
 */
export async function securityCompliance(
  session: Session,
  domain: string,
  options?: CallOptions,
): Promise<SecurityCompliance> {
  const address = path`domains/${domain}/config/security_compliance`;
  return (await show(session, rules, address, options)).security_compliance;
}

/** The options by which a part is named. */
const partNames = ["group", "option"] as const;

const option = record(string(), unknown());

const whole = { one: "config", schema: record(string(), option) };

const rules = {
  one: "config",
  schema: looseObject({
    security_compliance: looseObject({
      password_regex: maybe(string()),
      password_regex_description: maybe(string()),
    }),
  }),
};

/** The end of a part's path. */
function partPath(part: DomainConfigPart | undefined): string {
  const { group, option } = part ?? {};
  refuse(option !== undefined && group === undefined, "group", "option requires it");
  if (group === undefined) return "";
  const last = option === undefined ? "" : `/${pathSegment(option, "option")}`;
  return `/${pathSegment(group, "group")}${last}`;
}

/** A part, as the groups with their options that it would be in all of it. */
async function showPart(
  session: Session,
  address: string,
  options: (DomainConfigPart & CallOptions) | undefined,
): Promise<DomainConfig> {
  const { group, option: name } = options ?? {};
  const parts = { options: partNames };
  if (group === undefined || name === undefined) {
    return show(session, whole, address, options, parts);
  }
  const kind = { one: "config", schema: option };
  return { [group]: await show(session, kind, address, options, parts) };
}
