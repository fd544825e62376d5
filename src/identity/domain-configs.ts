import { looseObject, nullish, record, string, unknown } from "valibot";
import { expect } from "../expect.ts";
import type { CallOptions, Session } from "../session/session.ts";
import { given } from "./given.ts";
import { path, segment } from "./path.ts";
import { act, show } from "./request.ts";

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
  /** What every password has to match; null: anything will do. */
  readonly password_regex?: string | null | undefined;
  /** The same in words. */
  readonly password_regex_description?: string | null | undefined;
  readonly [option: string]: unknown;
}

/**
 * Gets a domain's configuration, or a part of it. Options that are secret, such as LDAP's password,
 * are never in it.
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
  { signal, ...part }: DomainConfigPart & CallOptions = {},
): Promise<DomainConfig> {
  return showPart(session, path`domains/${domain}/config` + within(part), part, { signal });
}

/**
 * Gives a domain this configuration, in the place of the one that it had. Only the groups
 * `identity` and `ldap`, and of these not all options, can be set for a domain.
 *
 * @returns what it has now, without what is secret
 * @throws {ForbiddenError} for what can't be set, or a domain that can't have any.
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
  const parts = { ...options, json: { config: given(config, "config") } };
  return show(session, whole, path`domains/${domain}/config`, parts, "put");
}

/**
 * Changes options of a domain's configuration, and leaves the others. With a `group`, or also an
 * `option`, it changes only what the domain has already.
 *
 * @returns all that it has now, without what is secret
 * @throws {ForbiddenError} for what can't be set, or is not in the part that is meant.
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
  { signal, ...part }: DomainConfigPart & CallOptions = {},
): Promise<DomainConfig> {
  const { group, option } = part;
  const address = path`domains/${domain}/config` + within(part);
  const options = group === undefined ? config : Object(config)[group];
  expect(options, "config", "the group that is to be changed");
  // The API wants an option without its group around it.
  const json = { config: option === undefined ? config : options };
  return show(session, whole, address, { signal, json }, "patch");
}

/**
 * Deletes a domain's configuration, or a part of it: the cloud's own settings are valid then.
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
  { signal, ...part }: DomainConfigPart & CallOptions = {},
): Promise<void> {
  return act(session, "delete", path`domains/${domain}/config` + within(part), { signal });
}

export { remove as delete };

/**
 * Gets the cloud's own settings, or a part of them: what is valid for a domain that has none.
 *
 * @throws {ForbiddenError} without a role for it, or for what can't be set for a domain.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-default-configuration-settings
 * @example
 * const { identity } = await domainConfigs.defaults(session, { group: "identity" });
 * console.log(identity?.driver);
 */
export async function defaults(
  session: Session,
  { signal, ...part }: DomainConfigPart & CallOptions = {},
): Promise<DomainConfig> {
  return showPart(session, `domains/config${within(part)}/default`, part, { signal });
}

/**
 * Gets the rules of the cloud's passwords, for a form that asks for a new one. Everybody may.
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

const option = record(string(), unknown());

const whole = { one: "config", schema: record(string(), option) };

const rules = {
  one: "config",
  schema: looseObject({
    security_compliance: looseObject({
      password_regex: nullish(string()),
      password_regex_description: nullish(string()),
    }),
  }),
};

/** The end of a part's path. */
function within({ group, option }: DomainConfigPart): string {
  expect(group !== undefined || option === undefined, "group", "the group that the option is in");
  if (group === undefined) return "";
  const last = option === undefined ? "" : `/${segment(option, "option")}`;
  return `/${segment(group, "group")}${last}`;
}

/** A part, as the groups with their options that it would be in all of it. */
async function showPart(
  session: Session,
  address: string,
  { group = "", option: name }: DomainConfigPart,
  options: CallOptions,
): Promise<DomainConfig> {
  if (name === undefined) return show(session, whole, address, options);
  return { [group]: await show(session, { one: "config", schema: option }, address, options) };
}
