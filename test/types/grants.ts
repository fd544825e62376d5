/** Who can have a role, and where: what is no grant does not compile. */
import type { Session } from "keystone-fetch";
import { roleAssignments, roles } from "keystone-fetch/identity";

declare const session: Session;
declare const [role, user, group, project, domain]: string[] &
  [string, string, string, string, string];

const grants: readonly roles.Grant[] = [
  { role, user, project },
  { role, user, project, inherited: true },
  { role, group, domain, inherited: false },
  { role, group, domain, inherited: true },
  { role, user, system: "all" },
];
for (const grant of grants) {
  roles.assign(session, grant);
  // The same names ask for it.
  roleAssignments.list(session, { ...grant, include_names: true });
}
// What is not known may be passed on as undefined.
roles.check(session, {
  role,
  user,
  group: undefined,
  project,
  domain: undefined,
  inherited: undefined,
});
roles.granted(session, { group, domain, inherited: true });

// Ids, records, and names with their domains.
declare const record: { readonly id: string; readonly name: string };
roles.assign(session, { role: record, user: record, project: record });
roles.assign(session, {
  role: { name: "reader" },
  user: { name: "dora", domain: { name: "Default" } },
  project: { name: "web", domain: "default" },
});
roles.assign(session, { role, group, domain: { name: "Default" }, inherited: true });
// @ts-expect-error: a project's name means something in its domain only
roles.assign(session, { role, user, project: { name: "web" } });

// @ts-expect-error: which role?
roles.assign(session, { user, project });
// @ts-expect-error: whose?
roles.assign(session, { role, project });
// @ts-expect-error: both of them?
roles.assign(session, { role, user, group, project });
// @ts-expect-error: where?
roles.assign(session, { role, user });
// @ts-expect-error: on both?
roles.assign(session, { role, user, project, domain });
// @ts-expect-error: below the whole cloud is nothing
roles.assign(session, { role, user, system: "all", inherited: true });
// @ts-expect-error: there is one system
roles.assign(session, { role, user, system: true });
// @ts-expect-error: the API has no list of what a project hands on
roles.granted(session, { user, project, inherited: true });
// @ts-expect-error: no such filter
roleAssignments.list(session, { user_id: user });
