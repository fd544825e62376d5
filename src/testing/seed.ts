import { expect } from "../expect.ts";
import {
  endpointsOf,
  type TestGrant,
  type TestKeystoneSettings,
  type TestService,
  type TestUser,
} from "./options.ts";
import { randomId } from "./random.ts";
import { type Assignment, type Entity, findEntity, text, type World } from "./world.ts";

/** Creates what the options name. */
export function seed(world: World, settings: TestKeystoneSettings): void {
  for (const { name, id = randomId(), enabled = true } of settings.domains) {
    const record = { id, name, description: "", enabled, tags: [], options: {} };
    world.domains.set(id, record);
  }
  for (const name of settings.roles) seedRole(world, name);
  imply(world, "admin", "member");
  imply(world, "member", "reader");
  for (const project of settings.projects) {
    const { name, id = randomId(), description = "", domain, parent, enabled = true } = project;
    const domain_id = idOf(world, "domains", { name: domain ?? "Default" }, "projects.domain");
    const parent_id = parent
      ? idOf(world, "projects", { name: parent, domain_id }, "projects.parent")
      : domain_id;
    world.projects.set(id, {
      id,
      name,
      domain_id,
      description,
      enabled,
      parent_id,
      is_domain: false,
      tags: [],
      options: {},
    });
  }
  for (const user of settings.users) seedUser(world, user);
  for (const id of settings.regions) {
    world.regions.set(id, { id, description: "", parent_region_id: null });
  }
  const own = { type: "identity", name: "keystone", url: `${world.root}/v3` };
  const hasOwn = settings.services.some(({ type }) => type === "identity");
  const services = hasOwn ? settings.services : [own, ...settings.services];
  for (const service of services) seedService(world, service, settings.regions);
}

/** The id of what has that name. @throws {OptionsError} if there is none. */
function idOf(
  world: World,
  plural: "domains" | "projects" | "roles",
  match: Readonly<Record<string, unknown>>,
  option: string,
): string {
  const found = findEntity(world[plural].values(), match);
  expect(found, option, `one of ${[...world[plural].values()].map(({ name }) => name).join(", ")}`);
  return found.id;
}

function seedRole(world: World, name: string): void {
  const id = randomId();
  const options = ["admin", "member", "reader", "service"].includes(name)
    ? { immutable: true }
    : {};
  world.roles.set(id, { id, name, domain_id: null, description: null, options });
}

function imply(world: World, prior: string, implied: string): void {
  const role = idOf(world, "roles", { name: prior }, "roles");
  world.implied.set(role, [idOf(world, "roles", { name: implied }, "roles")]);
}

function seedUser(world: World, given: TestUser): void {
  const { name, id = randomId(), password = "secret", domain = "Default", enabled = true } = given;
  const domain_id = idOf(world, "domains", { name: domain }, "users.domain");
  const { defaultProject, email, description } = given;
  const project = { name: defaultProject, domain_id };
  const user: Entity = {
    id,
    name,
    domain_id,
    enabled,
    password_expires_at: null,
    options: {},
    ...(email && { email }),
    ...(description && { description }),
    ...(defaultProject && {
      default_project_id: idOf(world, "projects", project, "users.defaultProject"),
    }),
  };
  world.users.set(id, user);
  world.secrets.set(id, { password });
  const roles = given.roles ?? memberEverywhere(world, domain_id);
  for (const grant of roles) world.assignments.add(assignmentOf(world, user, grant));
}

const memberEverywhere = (world: World, domain_id: string): TestGrant[] =>
  [...world.projects.values()]
    .filter((project) => project.domain_id === domain_id)
    .map((project) => ({ role: "member", project: text(project, "name") }));

function assignmentOf(world: World, user: Entity, grant: TestGrant): Assignment {
  const role = idOf(world, "roles", { name: grant.role }, "users.roles.role");
  const domain = grant.domain
    ? idOf(world, "domains", { name: grant.domain }, "users.roles.domain")
    : text(user, "domain_id");
  const base = { role, user: user.id, inherited: false };
  if (grant.system) return { ...base, system: true };
  if (!grant.project) {
    expect(grant.domain, "users.roles", "a project, a domain or a system");
    return { ...base, domain };
  }
  const match = { name: grant.project, domain_id: domain };
  return { ...base, project: idOf(world, "projects", match, "users.roles.project") };
}

function seedService(world: World, given: TestService, regions: readonly string[]): void {
  const { type, name = type } = given;
  const service = { id: randomId(), type, name, enabled: true };
  world.services.set(service.id, service);
  for (const { region, url, interface: face } of endpointsOf(given, regions)) {
    const id = randomId();
    const place = { service_id: service.id, region_id: region, interface: face };
    world.endpoints.set(id, { id, ...place, url, enabled: true });
  }
}
