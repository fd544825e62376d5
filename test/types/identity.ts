/** What `keystone-fetch/identity` takes and gives: filters, what is created, and what comes back. */
import { password, type Session } from "keystone-fetch";
import {
  applicationCredentials,
  consumers,
  domainConfigs,
  domains,
  endpointGroups,
  groups,
  identityProviders,
  type Listing,
  mappings,
  projects,
  type Records,
  regions,
  serviceProviders,
  services,
  trusts,
  users,
} from "keystone-fetch/identity";
import { type Equals, is } from "./assert.ts";

declare const session: Session;
declare const signal: AbortSignal;
declare const id: string;

// The same shape everywhere.
is<Equals<ReturnType<typeof users.list>, Listing<users.User>>>();
is<Equals<ReturnType<typeof groups.get>, Promise<groups.Group>>>();
is<Equals<ReturnType<typeof groups.users>, Listing<users.User>>>();
is<Equals<ReturnType<typeof users.projects>, Listing<projects.Project>>>();
is<Equals<ReturnType<typeof domains.create>, Promise<domains.Domain>>>();
is<Equals<ReturnType<typeof domains.delete>, Promise<void>>>();
is<Equals<ReturnType<typeof projects.hasTag>, Promise<boolean>>>();
is<Equals<Awaited<Listing<users.User>>, Records<users.User>>>();
users.list(session, { name__istartswith: "de", enabled: true, limit: 50 }, { signal });
users.get(session, id, { signal });

// Filters are those that the server knows: of any other it would take no notice, and send all.
// @ts-expect-error: no such attribute
users.list(session, { nmae: "demo" });
// @ts-expect-error: no such way to compare
users.list(session, { name__like: "demo" });
// @ts-expect-error: this attribute is compared as a whole
users.list(session, { email__contains: "example.org" });
// @ts-expect-error: this list has no pages
users.projects(session, id, { limit: 50 });
// @ts-expect-error: tags are a list
projects.list(session, { tags: "shop" });
projects.list(session, { tags: ["shop"], "not-tags-any": ["test"], enabled: undefined });

// Attributes that are not in the API go through, both ways; those that are have their types.
const made: Promise<users.User> = users.create(session, { name: "robot", shelf: "left" });
is<Equals<Awaited<typeof made>["shelf"], unknown>>();
is<Equals<Awaited<typeof made>["enabled"], boolean>>();
users.update(session, id, { shelf: { number: 4 } });
users.create(session, {
  name: "robot",
  options: { multi_factor_auth_rules: [["password", "totp"]] },
});
// @ts-expect-error: a name is needed
users.create(session, { shelf: "left" });
// @ts-expect-error: the server takes no text here
users.update(session, id, { enabled: "no" });
// @ts-expect-error: nor a login method
users.update(session, id, { password: password({ id, password: "new-one" }) });
// @ts-expect-error: the server takes no mapping without its rules
mappings.update(session, id, { schema_version: "2.0" });
// @ts-expect-error: both passwords are needed
users.changePassword(session, id, { password: "new-one" });
// @ts-expect-error: what came back is not to be changed
(await users.get(session, id)).name = "other";

// What a record has can be given back: the API takes the nulls that it gives.
const { description, parent_id, domain_id, tags } = await projects.get(session, id);
projects.create(session, { name: "copy", description, parent_id, domain_id, tags: tags ?? [] });
const given = { description: null };
for (const update of [groups.update, domains.update, regions.update, services.update]) {
  update(session, id, given);
}
for (const update of [identityProviders.update, serviceProviders.update, endpointGroups.update]) {
  update(session, id, given);
}
consumers.create(session, given);
const { expires_at, remaining_uses, project_id } = await trusts.get(session, id);
const both = { trustor_user_id: id, trustee_user_id: id, impersonation: false };
trusts.create(session, { ...both, expires_at, remaining_uses, project_id });
const robot = await applicationCredentials.get(session, id, id);
applicationCredentials.create(session, id, {
  name: "renewed",
  description: robot.description,
  expires_at: robot.expires_at,
});

// A project's relatives are of the form that they were asked for.
const asIds = await projects.get(session, id, { parents_as_ids: true, signal });
is<Equals<typeof asIds.parents, projects.ProjectTree | null | undefined>>();
is<Equals<typeof asIds.subtree, unknown>>();
const asList = await projects.get(session, id, { subtree_as_list: true, include_limits: true });
const below: readonly projects.Project[] | undefined = asList.subtree?.map((one) => one.project);
is<Equals<(typeof asList)["name"], string>>();
const plain: projects.Project = await projects.get(session, id);
// @ts-expect-error: no such option
projects.get(session, id, { subtree_as_tree: true });

// An option of a domain's configuration is in a group.
domainConfigs.get(session, id, { group: "ldap", option: "url", signal });
// @ts-expect-error: in which group?
domainConfigs.get(session, id, { option: "url" });
// @ts-expect-error: options are in groups
domainConfigs.create(session, id, { url: "ldap://ldap.example" });

export const seen = [below, plain];
