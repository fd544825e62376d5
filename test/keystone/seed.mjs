import { accounts, domains, projects } from "./accounts.mjs";
import { api, HttpError, login } from "./api.mjs";
import { catalog, INTERFACES, REGIONS } from "./catalog.mjs";

/** @typedef {ReturnType<typeof api>} Call */

/**
 * Creates the accounts in a Keystone, through its API. What already exists under its name is left
 * alone, so this can be repeated.
 *
 * @param {string} url the Keystone's root
 * @param {import("./api.mjs").Admin} admin
 * @param {{ endpoints?: { identity: string, placement: string } }} [options] `endpoints`: the
 *   catalog too, with these URLs of the real services; only for a Keystone of our own
 */
export async function seed(url, admin, { endpoints } = {}) {
  const call = api(url, await login(url, admin));
  const ours = endpoints !== undefined;
  // We don't touch the administrators and services of somebody else's Keystone.
  const { admin: _admin, placement, ...ordinary } = accounts;
  const users = Object.values(ours ? { ...ordinary, placement } : ordinary);
  const scopes = await seedScopes(call, users);
  for (const account of users) await seedUser(call, url, account, scopes);
  for (const { name, domain, enabled } of Object.values(projects)) {
    // Only now, since no role can be assigned on a disabled project.
    if (enabled) continue;
    await call("PATCH", `/projects/${scopes.id(domain, name)}`, { project: { enabled } });
  }
  if (ours) await seedCatalog(call, endpoints);
}

/**
 * Domains, projects and roles.
 *
 * @param {Call} call
 * @param {readonly import("./accounts.mjs").Account[]} users
 */
async function seedScopes(call, users) {
  /** @type {Map<string, string>} */
  const ids = new Map();
  const get = (/** @type {string} */ key) => {
    const id = ids.get(key);
    if (id === undefined) throw new Error(`The accounts name ${key}, which is not there`);
    return id;
  };
  for (const { name, description } of Object.values(domains)) {
    const domain = await ensure(call, "domain", { name }, { description });
    ids.set(name, domain.id);
  }
  const used = new Set(users.flatMap((user) => user.grants.map((grant) => grant.project)));
  for (const { name, domain, description } of Object.values(projects)) {
    if (!used.has(name)) continue;
    const match = { name, domain_id: get(domain) };
    ids.set(`${domain}/${name}`, (await ensure(call, "project", match, { description })).id);
  }
  for (const role of new Set(users.flatMap((user) => user.grants.map((grant) => grant.role)))) {
    ids.set(`role ${role}`, (await ensure(call, "role", { name: role })).id);
  }
  return {
    /** @type {(domain: string, project?: string) => string} */
    id: (domain, project) => get(project === undefined ? domain : `${domain}/${project}`),
    /** @type {(name: string) => string} */
    role: (name) => get(`role ${name}`),
  };
}

/**
 * @param {Call} call
 * @param {string} url
 * @param {import("./accounts.mjs").Account} account
 * @param {Awaited<ReturnType<typeof seedScopes>>} scopes
 */
async function seedUser(call, url, account, scopes) {
  const { name, password, domain, defaultProject, enabled, about, grants } = account;
  const user = await ensure(
    call,
    "user",
    { name, domain_id: scopes.id(domain) },
    {
      password,
      enabled,
      description: about,
      default_project_id: defaultProject && scopes.id(domain, defaultProject),
    },
  );
  if (user.found && enabled) await assertPassword(url, { name, password, domain });
  for (const grant of grants) {
    const kind = grant.project === undefined ? "domains" : "projects";
    const scope = scopes.id(grant.domain, grant.project);
    await call("PUT", `/${kind}/${scope}/users/${user.id}/roles/${scopes.role(grant.role)}`);
  }
}

/**
 * Does not change the password of an existing user: it may be somebody's.
 *
 * @param {string} url
 * @param {{ name: string, password: string, domain: string }} user
 */
async function assertPassword(url, user) {
  await login(url, user).catch((error) => {
    if (!(error instanceof HttpError) || error.status !== 401) throw error;
    throw new Error(
      `${url} has a user "${user.name}" in the domain "${user.domain}" already, with another ` +
        `password than the tests'. Give it the password "${user.password}", or remove it.`,
    );
  });
}

/**
 * @param {Call} call
 * @param {{ identity: string, placement: string }} endpoints
 */
async function seedCatalog(call, endpoints) {
  for (const id of REGIONS) await ensure(call, "region", { id });
  for (const { type, name, description, url } of catalog(endpoints)) {
    const service = await ensure(call, "service", { type, name }, { description });
    for (const region of REGIONS) {
      for (const side of INTERFACES) {
        const match = { service_id: service.id, region_id: region, interface: side };
        await ensure(call, "endpoint", match, { url: url(region, side) });
      }
    }
  }
}

/**
 * Finds a record or creates it.
 *
 * @param {Call} call
 * @param {string} kind its name in the API
 * @param {Record<string, string>} match what it is found by
 * @param {Record<string, unknown>} [rest] what else it is created with
 * @returns {Promise<{ id: string, found: boolean }>}
 */
async function ensure(call, kind, match, rest) {
  const pairs = Object.entries(match);
  // A newer Keystone refuses to look for a region by its id.
  const query = kind === "region" ? "" : `?${new URLSearchParams(match)}`;
  const list = (await call("GET", `/${kind}s${query}`))[`${kind}s`];
  // Exactly, since for MariaDB "Demo" equals "demo".
  const found = list.find((/** @type {Record<string, unknown>} */ entity) =>
    pairs.every(([name, value]) => entity[name] === value),
  );
  if (found !== undefined) return { id: found.id, found: true };
  const created = await call("POST", `/${kind}s`, { [kind]: { ...match, ...rest } });
  return { id: created[kind].id, found: false };
}
