/**
 * The users, projects and domains in the Keystone of the tests and the demo. Plain data: this module
 * also loads in a browser.
 */

/**
 * @typedef {object} Grant a role on a project or, without one, on a domain
 * @property {string} role
 * @property {string} domain the domain, or the project's domain
 * @property {string} [project]
 */

/**
 * @typedef {object} Account
 * @property {string} name
 * @property {string} password
 * @property {string} domain the user's domain, by name
 * @property {string} [defaultProject]
 * @property {boolean} enabled
 * @property {string} about
 * @property {readonly Grant[]} grants
 */

/** The domain "Default" is the only thing whose id is the same in every Keystone: "default". */
export const domains = freeze({
  default: { id: "default", name: "Default", description: "The default domain" },
  research: { name: "research", description: "Research groups" },
});

export const projects = freeze({
  admin: project("admin", "Default", "The cloud's administrators"),
  service: project("service", "Default", "The cloud's own services"),
  web: project("web", "Default", "The web shop's servers"),
  data: project("data", "Default", "The data warehouse"),
  genome: project("genome", "research", "Genome sequencing"),
  archive: project("archive", "research", "Finished work, disabled", false),
});

const users = {
  admin: user("admin", "Default", "admin-password", "the administrator", [
    { role: "admin", project: "admin", domain: "Default" },
  ]),
  demo: user("demo", "Default", "demo-password", "several projects and a domain, no default", [
    { role: "member", project: "web", domain: "Default" },
    { role: "reader", project: "data", domain: "Default" },
    { role: "reader", domain: "research" },
  ]),
  researchDemo: user("demo", "research", "research-password", "another demo, another domain", [
    { role: "member", project: "genome", domain: "research" },
    { role: "member", project: "archive", domain: "research" },
  ]),
  dora: {
    ...user("dora", "Default", "dora-password", "has a default project", [
      { role: "member", project: "web", domain: "Default" },
    ]),
    defaultProject: "web",
  },
  disabled: {
    ...user("disabled", "Default", "disabled-password", "a disabled user", [
      { role: "member", project: "web", domain: "Default" },
    ]),
    enabled: false,
  },
  loner: user("loner", "Default", "loner-password", "no role anywhere", []),
  placement: user("placement", "Default", "placement-password", "Placement's own user", [
    { role: "admin", project: "service", domain: "Default" },
  ]),
};

/** @type {{ readonly [Name in keyof typeof users]: Readonly<Account> }} */
export const accounts = freeze(users);

/** The administrator of a Keystone that we start, and the project to log in on. */
export const ADMIN = freeze({
  name: users.admin.name,
  password: users.admin.password,
  domain: users.admin.domain,
  project: "admin",
});

/**
 * @param {string} name
 * @param {string} domain
 * @param {string} description
 */
function project(name, domain, description, enabled = true) {
  return { name, domain, description, enabled };
}

/**
 * @param {string} name
 * @param {string} domain
 * @param {string} password
 * @param {string} about
 * @param {Grant[]} grants
 */
function user(name, domain, password, about, grants) {
  return { name, password, domain, enabled: true, about, grants };
}

/**
 * @template T
 * @param {T} value
 * @returns {T}
 */
function freeze(value) {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
