/** A record as the API shows it, except for its links. */
export interface Entity {
  readonly id: string;
  readonly [attribute: string]: unknown;
}

/** Who has a role where. */
export interface Assignment {
  readonly role: string;
  readonly user?: string | undefined;
  readonly group?: string | undefined;
  readonly project?: string | undefined;
  readonly domain?: string | undefined;
  readonly system?: boolean | undefined;
  /** Whether it applies to the projects below, and not here. */
  readonly inherited: boolean;
}

/** What a token is good for: nothing, or one of these. */
export interface Place {
  readonly project?: string | undefined;
  readonly domain?: string | undefined;
  readonly system?: boolean | undefined;
}

/** An issued token. What it grants is worked out each time somebody asks. */
export interface Issued {
  readonly id: string;
  readonly user: string;
  readonly methods: readonly string[];
  readonly auditIds: readonly string[];
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly place: Place;
  /** The application credential with which it was obtained. */
  readonly credential?: string | undefined;
}

/** A login that lacks a method. */
interface Receipt {
  readonly user: string;
  readonly methods: readonly string[];
  readonly expiresAt: number;
}

/** What a user authenticates with. */
interface Secrets {
  readonly password?: string | undefined;
  readonly passwordExpired?: boolean | undefined;
  readonly passcode?: string | undefined;
}

/** The kinds of records that have a collection of their own. */
export type Plural =
  | "domains"
  | "projects"
  | "users"
  | "groups"
  | "roles"
  | "services"
  | "endpoints"
  | "regions"
  | "application_credentials";

type Tables = Readonly<Record<Plural, Map<string, Entity>>>;

/** Everything that the test Keystone knows. */
export interface World extends Tables {
  /** The address without a version: what links start with. */
  readonly root: string;
  /** Seconds that a token lives. */
  readonly tokenLife: number;
  /** Milliseconds by the test Keystone's own clock. */
  now(): number;
  readonly secrets: Map<string, Secrets>;
  /** The secrets of the application credentials. */
  readonly credentialSecrets: Map<string, string>;
  /** The users of each group. */
  readonly members: Map<string, Set<string>>;
  /** The roles that each role implies. */
  readonly implied: Map<string, readonly string[]>;
  readonly assignments: Set<Assignment>;
  readonly tokens: Map<string, Issued>;
  readonly revoked: Set<string>;
  readonly receipts: Map<string, Receipt>;
}

export function createWorld(root: string, tokenLife: number, now: () => number): World {
  return {
    root,
    tokenLife,
    now,
    domains: new Map(),
    projects: new Map(),
    users: new Map(),
    groups: new Map(),
    roles: new Map(),
    services: new Map(),
    endpoints: new Map(),
    regions: new Map(),
    application_credentials: new Map(),
    secrets: new Map(),
    credentialSecrets: new Map(),
    members: new Map(),
    implied: new Map(),
    assignments: new Set(),
    tokens: new Map(),
    revoked: new Set(),
    receipts: new Map(),
  };
}

/** The first match, or undefined. */
export function findEntity(
  entities: Iterable<Entity>,
  match: Readonly<Record<string, unknown>>,
): Entity | undefined {
  for (const entity of entities) {
    if (Object.entries(match).every(([name, value]) => entity[name] === value)) return entity;
  }
  return undefined;
}

/** An attribute that is a string; empty if it is not one. */
export function text(entity: Entity | undefined, attribute: string): string {
  const value = entity?.[attribute];
  return typeof value === "string" ? value : "";
}

/** The assignment that is the same in every respect. */
export function findAssignment(world: World, wanted: Assignment): Assignment | undefined {
  const names = ["role", "user", "group", "project", "domain", "system", "inherited"] as const;
  for (const assignment of world.assignments) {
    if (names.every((name) => assignment[name] === wanted[name])) return assignment;
  }
  return undefined;
}
