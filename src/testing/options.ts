import { expect, expectText } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import type { TestToken } from "./test-token.ts";

/** A project. */
export interface TestProject {
  readonly name: string;
  /** Default: `""`. */
  readonly description?: string | undefined;
  /** Default: random. */
  readonly id?: string | undefined;
  /** The domain's name. Default: `"Default"`. */
  readonly domain?: string | undefined;
  /** The name of the project above it. Default: none. */
  readonly parent?: string | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
}

export interface TestDomain {
  readonly name: string;
  /** Default: random; `"default"` for the domain "Default". */
  readonly id?: string | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
}

/** A role, and where the user has it: on a project or a domain, by name, or on the whole system. */
export interface TestGrant {
  readonly role: string;
  readonly project?: string | undefined;
  /** With a project: the project's domain. Default then: the user's own. */
  readonly domain?: string | undefined;
  readonly system?: "all" | undefined;
}

export interface TestUser {
  readonly name: string;
  /** Default: random. */
  readonly id?: string | undefined;
  /** Default: none. */
  readonly email?: string | undefined;
  /** Default: none. */
  readonly description?: string | undefined;
  /** Default: `"secret"`. */
  readonly password?: string | undefined;
  /** The domain's name. Default: `"Default"`. */
  readonly domain?: string | undefined;
  /** The name of a project in the user's domain. Default: none. */
  readonly defaultProject?: string | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
  /** Default: `member` on every project of the user's domain. */
  readonly roles?: readonly TestGrant[] | undefined;
}

/** Where a service is. */
export interface TestEndpoint {
  /** May hold `%(project_id)s`. */
  readonly url: string;
  /** Default: `"public"`. */
  readonly interface?: "public" | "internal" | "admin" | undefined;
  /** Default: the first of `regions`. */
  readonly region?: string | undefined;
}

/** A service of the catalog. One of the type `identity` replaces Keystone's own entry. */
export interface TestService {
  /** As in `"compute"`. */
  readonly type: string;
  /** Default: the type. */
  readonly name?: string | undefined;
  /**
   * The public endpoint in every region; may hold `%(project_id)s`. Instead of it, there may be
   * `endpoints`.
   */
  readonly url?: string | undefined;
  readonly endpoints?: readonly TestEndpoint[] | undefined;
  /**
   * Answers requests below its URLs that have a good token; others get the 401 of keystonemiddleware.
   * Default: 501.
   */
  readonly handler?: ServiceHandler | undefined;
  /**
   * Its version document, which anybody may read at the root of its origin and at its URL. Default:
   * none.
   */
  readonly versions?: object | undefined;
}

export type ServiceHandler = (request: Request, token: TestToken) => Response | Promise<Response>;

/** What the test Keystone has from the start. */
export interface TestKeystoneOptions {
  /** With its version; a prefix is kept. Default: `"http://keystone.test/v3"`. */
  readonly authUrl?: string | undefined;
  /** Besides `Default`: their names, or names with more attributes. */
  readonly domains?: readonly (string | TestDomain)[] | undefined;
  /** Default: `demo`. */
  readonly projects?: readonly (string | TestProject)[] | undefined;
  /** Names of roles, besides `admin`, `member`, `reader` and `service`. */
  readonly roles?: readonly string[] | undefined;
  /** `keystone.options` are for the first. Default: `demo`, whose password is `secret`. */
  readonly users?: readonly TestUser[] | undefined;
  /** Besides the identity service itself. */
  readonly services?: readonly TestService[] | undefined;
  /** Default: `RegionOne`. */
  readonly regions?: readonly string[] | undefined;
  /** Seconds that a token lives. Default: 3600. */
  readonly tokenLife?: number | undefined;
}

/** The options, with all defaults filled in. */
export interface TestKeystoneSettings {
  /** The address without a version. */
  readonly root: string;
  readonly domains: readonly TestDomain[];
  readonly projects: readonly TestProject[];
  readonly roles: readonly string[];
  readonly users: readonly TestUser[];
  readonly services: readonly TestService[];
  readonly regions: readonly string[];
  readonly tokenLife: number;
}

const known = [
  "authUrl",
  "domains",
  "projects",
  "roles",
  "users",
  "services",
  "regions",
  "tokenLife",
];

/** @throws {OptionsError} for an option that is misspelt or of the wrong type. */
export function readOptions(options: TestKeystoneOptions): TestKeystoneSettings {
  const isObject: boolean = isRecord(options);
  expect(isObject, "createTestKeystone", "an object of options");
  for (const name of Object.keys(options)) {
    expect(known.includes(name), name, `one of the options ${known.join(", ")}`);
  }
  const { authUrl = "http://keystone.test/v3", tokenLife = 3600 } = options;
  const { projects = ["demo"], users = [{ name: "demo" }], regions = ["RegionOne"] } = options;
  const { domains = [], roles = [], services = [] } = options;
  expect(URL.canParse(authUrl), "authUrl", "an absolute URL");
  expect(Number(tokenLife) > 0, "tokenLife", "seconds, more than 0");
  for (const [option, list] of Object.entries({ domains, projects, users, services })) {
    expectRecords(list, option);
  }
  for (const [option, list] of Object.entries({ roles, regions })) {
    expect(Array.isArray(list), option, "a list of names");
    for (const name of list) expectText(name, option);
  }
  expect(users.length > 0, "users", "one or more");
  for (const [option, list] of Object.entries({ domains, projects })) {
    for (const one of list) expectText(named(one).name, `${option}.name`);
  }
  for (const user of users) {
    expectText(user.name, "users.name");
    if (user.roles !== undefined) expectRecords(user.roles, "users.roles");
  }
  for (const service of services) {
    expectText(service.type, "services.type");
    if (service.endpoints !== undefined) expectRecords(service.endpoints, "services.endpoints");
    for (const { url } of endpointsOf(service, regions)) {
      expect(URL.canParse(url), "services.url", "an absolute URL");
    }
  }
  return {
    root: authUrl.replace(/\/+$/, "").replace(/\/v3$/, ""),
    domains: [{ name: "Default", id: "default" }, ...domains.map(named)],
    projects: projects.map(named),
    roles: ["admin", "member", "reader", "service", ...roles],
    users,
    services,
    regions,
    tokenLife,
  };
}

function expectRecords(list: unknown, option: string): void {
  const isList =
    Array.isArray(list) && list.every((one) => typeof one === "string" || isRecord(one));
  expect(isList, option, "a list of objects or names");
}

/** The endpoints of a service, with all defaults filled in. */
export function endpointsOf(
  { url, endpoints = [] }: TestService,
  regions: readonly string[],
): readonly Required<TestEndpoint>[] {
  const everywhere = url === undefined ? [] : regions.map((region) => ({ url, region }));
  return [...everywhere, ...endpoints].map((given: TestEndpoint) => ({
    url: given.url,
    interface: given.interface ?? "public",
    region: given.region ?? regions[0] ?? "RegionOne",
  }));
}

const named = <T extends { readonly name: string }>(given: string | T): T | { name: string } =>
  typeof given === "string" ? { name: given } : given;
