import { badRequest, expecting, missing } from "./problem.ts";
import type { AuthorizedCall } from "./router.ts";
import { withTags } from "./tags.ts";
import { type Entity, type Plural, text, type World } from "./world.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** What distinguishes the collections, as data. */
export interface Kind {
  readonly plural: Plural;
  /** Its key in bodies, and its word in messages. */
  readonly singular: string;
  readonly required: readonly string[];
  readonly filters: readonly string[];
  /** Filters of another sort. */
  readonly choose?: (entities: readonly Entity[], query: URLSearchParams) => readonly Entity[];
  /** What is unique: a name, or a name within a domain. */
  readonly unique?: readonly string[];
  /** How the message of a conflict calls it. Default: `singular`. */
  readonly storedAs?: string;
  /** What that message says about the existing one. Default: its name. */
  readonly taken?: (found: Entity) => string;
  /** The attributes that Keystone knows; the rest goes into the `extra` in the answer to a PATCH. */
  readonly known?: readonly string[];
  /** Attributes of a request that the record does not keep. */
  readonly hidden?: readonly string[];
  /** The defaults of a new one. */
  readonly defaults: (given: Attributes, call: AuthorizedCall) => Attributes;
  /** Throws if something that it names does not exist. */
  readonly check?: (entity: Attributes, world: World) => void;
}

const domainOf = ({ world, token }: AuthorizedCall): string =>
  token.place.domain ??
  (text(world.projects.get(token.place.project ?? ""), "domain_id") || "default");

/** 400 if a record names something that does not exist. */
function assertThere(world: World, plural: Plural, id: unknown, message: string): void {
  if (typeof id === "string" && !world[plural].has(id)) throw badRequest(message);
}

function inKnownDomain({ domain_id }: Attributes, world: World): void {
  if (typeof domain_id === "string" && !world.domains.has(domain_id)) {
    throw missing("domain", domain_id);
  }
}

export const users: Kind = {
  plural: "users",
  singular: "user",
  required: ["name"],
  filters: ["domain_id", "enabled", "name", "password_expires_at"],
  unique: ["name", "domain_id"],
  known: [
    "id",
    "name",
    "domain_id",
    "enabled",
    "default_project_id",
    "password_expires_at",
    "options",
  ],
  hidden: ["password"],
  defaults: (_, call) => ({
    domain_id: domainOf(call),
    enabled: true,
    password_expires_at: null,
    options: {},
  }),
  check: inKnownDomain,
};

export const groups: Kind = {
  plural: "groups",
  singular: "group",
  required: ["name"],
  filters: ["domain_id", "name"],
  unique: ["name", "domain_id"],
  defaults: (_, call) => ({ domain_id: domainOf(call), description: "" }),
  check: inKnownDomain,
};

export const domains: Kind = {
  plural: "domains",
  singular: "domain",
  required: ["name"],
  filters: ["enabled", "name"],
  unique: ["name"],
  // To Keystone a domain is a project.
  storedAs: "project",
  taken: ({ name }) =>
    `it is not permitted to have two projects acting as domains with the same name: ${name}.`,
  defaults: () => ({ description: "", enabled: true, tags: [], options: {} }),
};

export const projects: Kind = {
  plural: "projects",
  singular: "project",
  required: ["name"],
  filters: ["domain_id", "enabled", "name", "parent_id", "is_domain"],
  choose: withTags,
  unique: ["name", "domain_id"],
  taken: ({ id, name }) =>
    "it is not permitted to have two projects with either the same name or same id in the same " +
    `domain: name is ${name}, project id ${id}.`,
  known: [
    "id",
    "name",
    "domain_id",
    "description",
    "enabled",
    "parent_id",
    "is_domain",
    "tags",
    "options",
  ],
  defaults({ parent_id, domain_id }, call) {
    const parent = call.world.projects.get(String(parent_id));
    const domain = domain_id ?? parent?.domain_id ?? domainOf(call);
    return {
      domain_id: domain,
      parent_id: domain,
      description: "",
      enabled: true,
      is_domain: false,
      tags: [],
      options: {},
    };
  },
  check({ domain_id, parent_id }, world) {
    assertThere(world, "domains", domain_id, `Could not find domain: ${domain_id}.`);
    if (parent_id !== domain_id) {
      assertThere(world, "projects", parent_id, `Could not find project: ${parent_id}.`);
    }
  },
};

export const roles: Kind = {
  plural: "roles",
  singular: "role",
  required: ["name"],
  filters: ["name", "domain_id"],
  unique: ["name", "domain_id"],
  defaults: () => ({ domain_id: null, description: null, options: {} }),
};

export const services: Kind = {
  plural: "services",
  singular: "service",
  required: ["type"],
  filters: ["type", "name"],
  defaults: () => ({ name: "", enabled: true }),
};

const interfaces: readonly unknown[] = ["admin", "internal", "public"];

export const endpoints: Kind = {
  plural: "endpoints",
  singular: "endpoint",
  required: ["interface", "service_id", "url"],
  filters: ["interface", "service_id", "region_id"],
  hidden: ["region"],
  defaults: ({ region }) => ({ region_id: region ?? null, enabled: true }),
  check(endpoint, world) {
    if (!interfaces.includes(endpoint.interface)) {
      throw badRequest(
        `Invalid input for field 'interface': '${endpoint.interface}' is not one of ['admin', 'internal', 'public']`,
      );
    }
    const { service_id, region_id } = endpoint;
    if (typeof service_id !== "string" || !world.services.has(service_id)) {
      throw expecting("endpoint service_id", "service table");
    }
    if (typeof region_id === "string" && !world.regions.has(region_id)) {
      throw expecting("endpoint region_id", "region table");
    }
  },
};

export const regions: Kind = {
  plural: "regions",
  singular: "region",
  required: [],
  filters: ["parent_region_id"],
  defaults: () => ({ description: "", parent_region_id: null }),
  check({ parent_region_id }, world) {
    if (typeof parent_region_id === "string" && !world.regions.has(parent_region_id)) {
      throw missing("region", parent_region_id);
    }
  },
};

/** A record as the API shows it. */
export function show(world: World, { plural }: Pick<Kind, "plural">, entity: Entity): object {
  const more = plural === "endpoints" ? { region: entity.region_id } : {};
  return { ...entity, ...more, links: { self: `${world.root}/v3/${plural}/${entity.id}` } };
}

/** The record of that name in a request's body. */
export function attributesIn(body: Attributes, singular: string): Attributes {
  const given = body[singular] ?? {};
  if (typeof given !== "object") throw expecting(singular, "request body");
  return given as Attributes;
}
