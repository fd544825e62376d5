/**
 * Runs the examples of `keystone-fetch/identity` against the real Keystone: each gets the session, the
 * namespaces, and the ids that it names, of records made for it.
 */

import { build } from "esbuild";
import * as core from "keystone-fetch";
import * as identity from "keystone-fetch/identity";

/** @typedef {import("keystone-fetch").Session} Session */
/** @typedef {Pick<import("../case.ts").Env, "keystone" | "accounts">} Env */

/**
 * What an example can name, and how it is made. A `make` gets others with `use`.
 * @typedef {object} World
 * @property {Session} admin
 * @property {Session} demo
 * @property {string} namespace of the example
 * @property {Env} env
 * @property {(name: string) => Promise<any>} use
 */

/** Written for every runtime, and so in TypeScript. */
const { outputFiles } = await build({
  entryPoints: [new URL("../fixtures/oauth1.ts", import.meta.url).pathname],
  format: "esm",
  write: false,
});
/** @type {typeof import("../fixtures/oauth1.ts")} */
const { lend } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? "").toString("base64")}`
);

const unique = () => crypto.randomUUID();

const rules = [{ local: [{ user: { name: "{0}" } }], remote: [{ type: "REMOTE_USER" }] }];

/** Namespaces in which users manage what is their own. */
const ownBusiness = ["applicationCredentials", "accessRules", "trusts"];

/** @type {Record<string, (world: World) => Promise<any>>} */
const make = {
  session: async ({ admin, demo, namespace }) => (ownBusiness.includes(namespace) ? demo : admin),
  token: async ({ use }) => (await use("session")).token(),
  user: async ({ admin, demo, namespace }) => {
    if (ownBusiness.includes(namespace)) return (await demo.token()).user.id;
    if (namespace === "oauth1AccessTokens") return (await admin.token()).user.id;
    const user = { name: unique(), domain_id: "default", password: "old-one" };
    return (await identity.users.create(admin, user)).id;
  },
  userId: ({ use }) => use("user"),
  project: async ({ admin, demo, namespace }) => {
    const scope = namespace === "trusts" && (await demo.token()).scope;
    if (scope && scope !== "unscoped" && "project" in scope) return scope.project?.id;
    return (await identity.projects.create(admin, { name: unique(), domain_id: "default" })).id;
  },
  domain: async ({ admin }) => (await identity.domains.create(admin, { name: unique() })).id,
  group: async ({ admin }) =>
    (await identity.groups.create(admin, { name: unique(), domain_id: "default" })).id,
  role: async ({ admin, namespace }) =>
    namespace === "trusts"
      ? (await identity.roles.find(admin, "member")).id
      : (await identity.roles.create(admin, { name: unique() })).id,
  service: async ({ admin }) => {
    const service = { type: "example", name: unique(), enabled: false };
    return (await identity.services.create(admin, service)).id;
  },
  region: async ({ admin }) => (await identity.regions.create(admin, {})).id,
  endpoint: async ({ admin, use }) => {
    const service_id = await use("service");
    const url = "https://example.example";
    const endpoint = { service_id, url, interface: "public", enabled: false };
    return (await identity.endpoints.create(admin, /** @type {any} */ (endpoint))).id;
  },
  endpointGroup: async ({ admin, use }) => {
    const filters = { service_id: await use("service") };
    return (await identity.endpointGroups.create(admin, { name: unique(), filters })).id;
  },
  policy: async ({ admin }) =>
    (await identity.policies.create(admin, { type: "application/json", blob: "{}" })).id,
  credential: async ({ admin, use }) => {
    const credential = { user_id: await use("user"), type: "cert", blob: "none" };
    return (await identity.credentials.create(admin, credential)).id;
  },
  access: async ({ admin, use }) => {
    const credential = { tenant_id: await use("project") };
    return (await identity.ec2Credentials.create(admin, await use("user"), credential)).access;
  },
  applicationCredential: async ({ demo, use }) =>
    (await identity.applicationCredentials.create(demo, await use("user"), { name: "backup" })).id,
  accessRule: async ({ demo, use }) => {
    const user = await use("user");
    const { id, access_rules } = await identity.applicationCredentials.create(demo, user, {
      name: unique(),
      access_rules: [{ service: "compute", method: "GET", path: `/v2.1/${unique()}` }],
    });
    await identity.applicationCredentials.delete(demo, user, id);
    return access_rules?.[0]?.id;
  },
  trustee: async ({ admin }) => (await identity.users.find(admin, "dora")).id,
  trust: async ({ demo, use }) => {
    const trust = { trustor_user_id: await use("user"), trustee_user_id: await use("trustee") };
    const roles = [{ name: "member" }];
    const more = { impersonation: false, project_id: await use("project"), roles };
    return (await identity.trusts.create(demo, { ...trust, ...more })).id;
  },
  registeredLimit: async ({ admin, use }) => {
    const limit = { service_id: await use("service"), resource_name: "cores", default_limit: 1 };
    return (await identity.registeredLimits.create(admin, limit)).id;
  },
  limit: async ({ admin, use }) => {
    await use("registeredLimit");
    const limit = { service_id: await use("service"), project_id: await use("project") };
    const more = { resource_name: "cores", resource_limit: 2 };
    return (await identity.limits.create(admin, { ...limit, ...more })).id;
  },
  identityProvider: async ({ admin, use }) => {
    const provider = { id: unique(), domain_id: await use("domain") };
    return (await identity.identityProviders.create(admin, provider)).id;
  },
  mapping: async ({ admin }) => (await identity.mappings.create(admin, { id: unique(), rules })).id,
  protocol: async ({ admin, use }) => {
    const protocol = { id: "mapped", mapping_id: await use("mapping") };
    return (await identity.protocols.create(admin, await use("identityProvider"), protocol)).id;
  },
  serviceProvider: async ({ admin }) => {
    const urls = { auth_url: "https://example.example", sp_url: "https://example.example" };
    return (await identity.serviceProviders.create(admin, { id: unique(), ...urls })).id;
  },
  oauth1Consumer: async ({ admin }) => (await identity.oauth1Consumers.create(admin, {})).id,
  accessToken: ({ use }) => use("oauth1AccessToken"),
  oauth1AccessToken: async ({ admin, env }) => {
    const { scope, roles } = await admin.token();
    const project = scope.project?.id ?? "";
    const lent = { project, role: String(roles.find(({ name }) => name === "admin")?.id) };
    return lend(env.keystone, admin, await identity.oauth1Consumers.create(admin, {}), lent);
  },
  operator: async ({ admin, use }) => {
    const operator = await identity.roles.create(admin, { name: unique() });
    await identity.impliedRoles.create(admin, operator.id, (await use("reader")).id);
    return operator;
  },
  reader: ({ admin }) => identity.roles.find(admin, "reader"),
  policyUse: async ({ admin, use }) => {
    const pair = { policy: await use("policy"), endpoint: await use("endpoint") };
    await identity.policies.assign(admin, pair);
  },
  ldap: async ({ admin, use }) => {
    const config = { ldap: { url: "ldap://ldap.example", page_size: 10 } };
    await identity.domainConfigs.create(admin, await use("domain"), config);
  },
};

/**
 * What has to be set up before an example, besides what it names. @type {Record<string, (world: World)
 * => Promise<unknown>>}
 */
const before = {
  "applicationCredentials.find": ({ use }) => use("applicationCredential"),
  "domainConfigs.delete": ({ use }) => use("ldap"),
  "domainConfigs.get": ({ use }) => use("ldap"),
  "endpointFilters.unassign": async ({ admin, use }) => {
    const filter = { project: await use("project"), endpointGroup: await use("endpointGroup") };
    await identity.endpointFilters.assign(admin, filter);
  },
  "endpointGroups.find": ({ admin }) =>
    identity.endpointGroups.create(admin, { name: "public", filters: { interface: "public" } }),
  "groups.find": ({ admin }) =>
    identity.groups.create(admin, { name: "developers", domain_id: "default" }),
  "groups.removeUser": async ({ admin, use }) =>
    identity.groups.addUser(admin, await use("group"), await use("user")),
  "limits.create": ({ use }) => use("registeredLimit"),
  "limits.createMany": ({ use }) => use("registeredLimit"),
  "policies.ofEndpoint": ({ use }) => use("policyUse"),
  "policies.unassign": ({ use }) => use("policyUse"),
  "projects.removeTag": async ({ admin, use }) =>
    identity.projects.addTag(admin, await use("project"), "shop"),
  "roles.unassign": async ({ admin, use }) => {
    const grant = { role: await use("role"), group: await use("group") };
    const inherited = true;
    await identity.roles.assign(admin, { ...grant, domain: await use("domain"), inherited });
  },
};

/** What a namespace's `id` is an id of. @param {string} namespace */
const thingOf = (namespace) =>
  namespace === "domainConfigs" ? "domain" : namespace.replace(/ies$/, "y").replace(/s$/, "");

/** The names of what is made for examples, besides an `id`. */
export const madeNames = Object.keys(make);

/** Whether code uses a variable that it does not declare first. @param {string} code @param {string} name */
export function isFree(code, name) {
  const plain = code.replace(/"[^"]*"/g, "");
  const [first] = new RegExp(`(?<![.\\w])${name}(?![\\w:])`).exec(plain) ?? [];
  const declared = new RegExp(`const (?:\\{[^}=]*|\\[[^\\]=]*)?\\b${name}\\b[^=]*= `).test(plain);
  return first !== undefined && !declared;
}

/**
 * Runs the examples of one namespace, one after another.
 * @param {Env} env
 * @param {import("./read.mjs").Entry} namespace
 * @returns {Promise<string[]>} what failed
 */
export async function runExamples(env, { name: namespace, members }) {
  /** @type {{ url: string, session: Session }[]} */
  const created = [];
  /** @param {"admin" | "demo"} who @param {string} project */
  const sessionOf = (who, project) => {
    const { name, password } = env.accounts[who];
    /** @type {Session} */
    const session = core.createSession({
      authUrl: `${env.keystone}/v3`,
      auth: core.password({ name, password, domain: { id: "default" } }),
      scope: { project: { name: project, domain: { id: "default" } } },
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (response.status === 201) {
          for (const url of await made(response)) created.unshift({ url, session });
        }
        return response;
      },
    });
    return session;
  };
  const sessions = { admin: sessionOf("admin", "admin"), demo: sessionOf("demo", "web") };
  const failures = [];
  for (const { name, kind, example } of members) {
    if (kind !== "function") continue;
    try {
      if (!example) throw new Error("there is none");
      await run(`${namespace}.${name}`, example, { ...sessions, namespace, env });
    } catch (error) {
      failures.push(`${namespace}.${name}: ${error}`);
    }
    for (const { url, session } of created.splice(0)) await remove(url, session);
  }
  return failures;
}

/** @param {string} name @param {string} code @param {Omit<World, "use">} place */
async function run(name, code, place) {
  /** @type {Map<string, Promise<any>>} */
  const things = new Map();
  /** @type {World} */
  const world = {
    ...place,
    use(wanted) {
      const real = wanted === "id" ? thingOf(place.namespace) : wanted;
      const thing = things.get(real) ?? Promise.resolve(make[real]?.(world));
      things.set(real, thing);
      return thing;
    },
  };
  await before[name]?.(world);
  /** @type {Record<string, unknown>} */
  const values = { ...identity, console: { log: () => undefined } };
  for (const one of ["id", ...madeNames]) {
    if (isFree(code, one)) values[one] = await world.use(one);
  }
  const { constructor: AsyncFunction } = Object.getPrototypeOf(async () => undefined);
  await AsyncFunction(...Object.keys(values), `{\n${code}\n}`)(...Object.values(values));
}

/** Where what a response says was created can be deleted. @param {Response} response */
async function made(response) {
  const url = response.url.replace(/\?.*/, "");
  if (url.endsWith("/auth/tokens") || !response.headers.get("Content-Type")?.includes("json")) {
    return [];
  }
  const [inside] = Object.values(await response.clone().json());
  const all = Array.isArray(inside) ? inside : [inside];
  // Keystone creates a domain for an identity provider without one, and never deletes it.
  const domain = /\/identity_providers\/[^/]+$/.test(url) ? inside.domain_id : undefined;
  const home = domain ? [url.replace(/OS-FEDERATION.*/, `domains/${domain}`)] : [];
  // What got its id from the caller was created at that address.
  const own = all.map(({ id, access }) =>
    url.endsWith(`/${encodeURIComponent(id)}`) || !(id ?? access) ? url : `${url}/${id ?? access}`,
  );
  return [...home, ...own];
}

/** Deletes what an example left, if it is still there. @param {string} url @param {Session} session */
async function remove(url, session) {
  const keystone = (await session.service("identity")).extend({ retry: 0, throwHttpErrors: false });
  const path = url.replace(/^.*?\/v3\//, "");
  if (/^domains\/\w+$/.test(path))
    await keystone.patch(path, { json: { domain: { enabled: false } } });
  await keystone.delete(path);
}
