import type { Policy } from "./router.ts";
import { hasRole } from "./tokens.ts";
import { text } from "./world.ts";

/** Keystone's own rules, as far as the test Keystone has their subjects. */
export const anyone: Policy = () => true;

/** The administrator, wherever the role was given. */
export const admin: Policy = ({ world, token }) => hasRole(world, token, "admin");

/** May read everything: an administrator, or a reader of the whole system. */
export const reader: Policy = (call) =>
  admin(call) || (call.token.place.system === true && hasRole(call.world, call.token, "reader"));

/** Also a reader of a domain, who sees what is in it. */
export const domainReader: Policy = (call) => reader(call) || isDomainReader(call);

const isDomainReader: Policy = ({ world, token }) =>
  token.place.domain !== undefined && hasRole(world, token, "reader");

/** The user that the path is about, and whoever may read that user. */
export const ownUser: Policy = (call) =>
  call.params.user_id === call.token.user || ofOwnDomain("users", "user_id")(call);

/** The user that the path is about, and the administrator. */
export const onlyUser: Policy = (call) => call.params.user_id === call.token.user || admin(call);

/** The user that the path is about, and nobody else. */
export const userAlone: Policy = ({ params, token }) => params.user_id === token.user;

/** A reader of the domain that the record of the path is in. */
export const ofOwnDomain =
  (plural: "users" | "groups" | "projects", param: string): Policy =>
  (call) => {
    const record = call.world[plural].get(call.params[param] ?? "");
    const isIn = text(record, "domain_id") === call.token.place.domain;
    return reader(call) || (isIn && isDomainReader(call));
  };

/** Who has a token on the project that the path is about. */
export const ownProject: Policy = (call) =>
  call.params.project_id === call.token.place.project ||
  ofOwnDomain("projects", "project_id")(call);

/** Who has a token on the domain, or on a project in it. */
export const ownDomain: Policy = (call) => {
  const { world, token, params } = call;
  const project = world.projects.get(token.place.project ?? "");
  const domain = token.place.domain ?? text(project, "domain_id");
  return params.domain_id === domain || reader(call);
};
