import { domains, groups, projects, roles, users } from "keystone-fetch/identity";
import { domainColumn, enabledColumn, idColumn, nameColumn } from "./columns.tsx";
import { GroupMembers } from "./group-members.tsx";
import type { Field, RecordKind } from "./record-kind.ts";
import { DomainRoles, GroupRoles, ProjectRoles, UserRoles } from "./role-table.tsx";
import { UserGroups } from "./user-groups.tsx";

const name: Field = { name: "name", label: "Name", required: true };
const description: Field = { name: "description", label: "Description" };
const domain: Field = { name: "domain_id", label: "Domain", type: "domain", fixed: true };

export const userKind: RecordKind = {
  ...users,
  name: "users",
  title: "Users",
  one: "user",
  columns: [nameColumn, domainColumn, enabledColumn, idColumn],
  fields: [
    name,
    domain,
    { name: "password", label: "Password", type: "password" },
    { name: "email", label: "Email", type: "email" },
    description,
  ],
  parts: [UserRoles, UserGroups],
};

export const groupKind: RecordKind = {
  ...groups,
  name: "groups",
  title: "Groups",
  one: "group",
  columns: [nameColumn, domainColumn, idColumn],
  fields: [name, domain, description],
  parts: [GroupMembers, GroupRoles],
};

export const projectKind: RecordKind = {
  ...projects,
  name: "projects",
  title: "Projects",
  one: "project",
  columns: [nameColumn, domainColumn, enabledColumn, idColumn],
  fields: [name, domain, description],
  parts: [ProjectRoles],
};

export const domainKind: RecordKind = {
  ...domains,
  name: "domains",
  title: "Domains",
  one: "domain",
  columns: [nameColumn, enabledColumn, idColumn],
  fields: [name, description],
  parts: [DomainRoles],
};

export const roleKind: RecordKind = {
  ...roles,
  name: "roles",
  title: "Roles",
  one: "role",
  columns: [nameColumn, domainColumn, idColumn],
  fields: [name, description],
  parts: [],
};
