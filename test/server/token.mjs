/** Token documents like those of Keystone 22 (Zed); ids and shape are from a captured answer. */

/** @param {string} id */
const endpoints = (id, /** @type {string} */ url) =>
  ["public", "internal", "admin"].map((kind, i) => ({
    id: `${id}${i}`.padStart(32, "0"),
    interface: kind,
    region_id: "RegionOne",
    url,
    region: "RegionOne",
  }));

const domain = { id: "default", name: "Default" };
const project = { domain, id: "63a0c8979d3a4aabb44c0dad4ff92650", name: "demo" };

export const user = {
  domain,
  id: "0a7427872265468a91112db3dbce3b91",
  name: "demo",
  password_expires_at: null,
};

/** What `GET /v3/auth/projects` lists. */
export const projects = [
  {
    id: project.id,
    name: project.name,
    domain_id: domain.id,
    description: "",
    enabled: true,
    parent_id: domain.id,
    is_domain: false,
    tags: [],
    options: {},
  },
];

const roles = [
  { id: "06181a1a1f354eebbdbc181a0a2596f8", name: "member" },
  { id: "730dcb1d782c43a18f32aad44b6d4bf3", name: "reader" },
];

/**
 * A catalog entry for each of the services: their types are the names of the faults.
 * @param {{ origin: string, tag: string, root: string }} call
 * @param {readonly string[]} services
 */
export function catalog({ origin, tag, root }, services) {
  const of = (
    /** @type {string} */ type,
    /** @type {string} */ name,
    /** @type {string} */ url,
  ) => ({
    endpoints: endpoints(Buffer.from(type).toString("hex").slice(0, 30), url),
    id: Buffer.from(name).toString("hex").slice(0, 32).padStart(32, "0"),
    type,
    name,
  });
  return [
    of("identity", "keystone", `${root}/v3`),
    of("compute", "nova", `${origin}/service-ok/${tag}/v2.1`),
    ...services.map((type) => of(type, type, `${origin}/${type}/${tag}`)),
    { endpoints: [], id: "d6759fe0e3904175b46b16ab42421263", type: "object-store", name: "" },
  ];
}

/**
 * @param {number} ms
 * @returns {string} a time as Keystone writes it: six digits, whole seconds
 */
export const stamp = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, ".000000Z");

/**
 * What a scope adds to a token. By default, Keystone uses the user's default project.
 * @param {any} scope as it was asked for
 * @param {ReturnType<typeof catalog>} services
 */
function scoped(scope, services) {
  if (scope === "unscoped") return {};
  if (scope?.system) return { system: { all: true }, roles, catalog: services };
  if (scope?.domain) return { domain: { ...domain, ...scope.domain }, roles, catalog: services };
  const { id = project.id, name = project.name } = scope?.project ?? {};
  return { project: { ...project, id, name }, is_domain: false, roles, catalog: services };
}

/**
 * @param {object} options
 * @param {readonly string[]} options.methods
 * @param {unknown} options.scope
 * @param {readonly string[]} options.auditIds
 * @param {number} options.issuedAt in ms
 * @param {number} options.expiresAt in ms
 * @param {ReturnType<typeof catalog>} options.services
 */
export function tokenDocument({ methods, scope, auditIds, issuedAt, expiresAt, services }) {
  return {
    methods,
    user,
    audit_ids: auditIds,
    expires_at: stamp(expiresAt),
    issued_at: stamp(issuedAt),
    ...scoped(scope, services),
  };
}
