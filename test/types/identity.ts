/** What `keystone-fetch/identity` takes and gives: filters, what is created, and what comes back. */
import { password, type Session } from "keystone-fetch";
import {
  applicationCredentials,
  credentials,
  domainConfigs,
  domains,
  endpointGroups,
  endpoints,
  type Grant,
  groups,
  identityProviders,
  type Listing,
  mappings,
  oauth1Consumers,
  type Project,
  projects,
  type Records,
  regions,
  roles,
  serviceProviders,
  services,
  trusts,
  type User,
  type UserCreate,
  type UserQuery,
  type UserUpdate,
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

// All of a record can be given back: what the server has as null is taken too.
const user = await users.get(session, id);
const userChanges: UserUpdate = { ...user };
users.update(session, id, { ...user, enabled: false });
projects.update(session, id, { ...(await projects.get(session, id)) });
groups.update(session, id, { ...(await groups.get(session, id)) });
domains.update(session, id, { ...(await domains.get(session, id)) });
roles.update(session, id, { ...(await roles.get(session, id)) });
services.update(session, id, { ...(await services.get(session, id)) });
endpoints.update(session, id, { ...(await endpoints.get(session, id)) });
regions.update(session, id, { ...(await regions.get(session, id)) });
credentials.update(session, id, { ...(await credentials.get(session, id)) });
const old = await applicationCredentials.get(session, id, id);
applicationCredentials.create(session, id, { ...old, name: "renewed" });
applicationCredentials.rotate(session, old, { expires_at: new Date(), deleteOld: true, signal });
trusts.create(session, { ...(await trusts.get(session, id)) });

// Records are of types with plain names, and one's own interfaces fit them.
interface Robot {
  readonly name: string;
  readonly shelf: number;
  readonly options: { readonly ignore_password_expiry: boolean };
}
interface Team {
  name: string;
  description: string | null;
}
declare const robot: Robot;
declare const team: Team;
users.create(session, robot);
users.update(session, id, robot);
groups.create(session, team);
projects.create(session, team);
domains.create(session, team);
roles.create(session, team);
const typed: UserCreate = robot;
const withMore: UserCreate = { name: "robot", shelf: "left" };
interface Shelved extends User {
  readonly shelf: number;
}
declare const shelved: Shelved;
const asUser: User = shelved;
is<Equals<User, users.User>>();
is<Equals<Project, projects.Project>>();
is<Equals<Grant, roles.Grant>>();
const query: UserQuery = { name: "demo", domain_id: { name: "Default" }, marker: id };

// Filters and searches take what scopes take.
users.find(session, { name: "demo", domain: { name: "Default" } });
users.find(session, user, { domain: { id } });
projects.find(session, { id });
domains.find(session, { name: "Default" });
credentials.list(session, { user_id: { name: "demo", domain: { name: "Default" } } });
// @ts-expect-error: in which domain?
users.find(session, { name: "demo" });
// @ts-expect-error: an id can't be null
users.list(session, { domain_id: { id: null } });

// A second factor goes along where one may be needed; what deletes says whether it has to be there.
users.changePassword(
  session,
  id,
  { original_password: "a", password: "b" },
  { passcode: "1", signal },
);
credentials.delete(session, id, { passcode: "123456", missing: "ok" });
groups.removeUser(session, id, id, { missing: "ok" });
// @ts-expect-error: this call needs none
users.get(session, id, { passcode: "123456" });
// @ts-expect-error: no such way
users.delete(session, id, { missing: true });
const { skipped, truncated } = await users.list(session);
is<Equals<typeof skipped, readonly unknown[]>>();

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
oauth1Consumers.create(session, given);
const { expires_at, remaining_uses, project_id } = await trusts.get(session, id);
const both = { trustor_user_id: id, trustee_user_id: id, impersonation: false };
trusts.create(session, { ...both, expires_at, remaining_uses, project_id });
const nightly = await applicationCredentials.get(session, id, id);
applicationCredentials.create(session, id, {
  name: "renewed",
  description: nightly.description,
  expires_at: nightly.expires_at,
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

export const seen = [below, plain, userChanges, typed, withMore, asUser, query, truncated];
