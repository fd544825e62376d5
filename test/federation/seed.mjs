/** The federation's objects, by Keystone's own API: an identity provider, mappings, protocols, groups. */
import { ADMIN } from "../keystone/accounts.mjs";
import { api, login } from "../keystone/api.mjs";
import { clients, federation } from "./people.mjs";

/**
 * @param {string} url the Keystone's root
 * @param {string} issuer
 */
export async function seedFederation(url, issuer) {
  const call = api(url, await login(url, ADMIN));
  /** @param {string} kind @param {object} record @returns {Promise<string>} its id */
  const create = async (kind, record) =>
    (await call("POST", `/${kind}s`, { [kind]: record }))[kind].id;
  /** @type {{ roles: { id: string, name: string }[] }} */
  const { roles } = await call("GET", "/roles");
  const role = Object.fromEntries(roles.map(({ name, id }) => [name, id]));

  const domain_id = await create("domain", { name: federation.domain });
  const developers = await create("group", { name: "developers", domain_id });
  const robots = await create("group", { name: "robots", domain_id });
  for (const name of federation.projects) {
    const project = await create("project", { name, domain_id });
    await call("PUT", `/projects/${project}/groups/${developers}/roles/${role.member}`);
    await call("PUT", `/projects/${project}/groups/${robots}/roles/${role.reader}`);
  }
  await seedCarol(call, create, role.member);

  const path = `/OS-FEDERATION/identity_providers/${federation.identityProvider}`;
  // Minutes for which a membership lasts after a login; with it, a federated user may have
  // credentials.
  const authorization_ttl = 60;
  await call("PUT", path, {
    identity_provider: { enabled: true, remote_ids: [issuer], domain_id, authorization_ttl },
  });
  const protocols = { [federation.protocol]: people, [federation.localProtocol]: locals };
  for (const [protocol, rules] of Object.entries(protocols)) {
    await call("PUT", `/OS-FEDERATION/mappings/${protocol}`, { mapping: { rules } });
    await call("PUT", `${path}/protocols/${protocol}`, { protocol: { mapping_id: protocol } });
  }
}

/**
 * A user of Keystone's own that has a default project.
 *
 * @param {ReturnType<typeof api>} call
 * @param {(kind: string, record: object) => Promise<string>} create
 * @param {string} member the role
 */
async function seedCarol(call, create, member) {
  const domain_id = "default";
  const project = await create("project", { name: federation.localProject, domain_id });
  const carol = await create("user", {
    name: "carol",
    domain_id,
    password: "carol-local",
    default_project_id: project,
  });
  await call("PUT", `/projects/${project}/users/${carol}/roles/${member}`);
}

/** Everybody becomes an ephemeral user, whose id comes from the provider's subject. */
const people = [
  {
    remote: [
      { type: "HTTP_OIDC_SUB" },
      { type: "HTTP_OIDC_PREFERRED_USERNAME" },
      { type: "HTTP_OIDC_EMAIL" },
    ],
    local: [{ user: { id: "{0}", name: "{1}", email: "{2}" } }],
  },
  {
    remote: [{ type: "HTTP_OIDC_GROUPS", whitelist: ["developers"] }],
    local: [{ groups: "{0}", domain: { name: federation.domain } }],
  },
  {
    remote: [
      { type: "HTTP_OIDC_CLIENT_ID", any_one_of: [clients.robot.id] },
      { type: "HTTP_OIDC_CLIENT_ID" },
    ],
    local: [
      {
        user: { name: "{0}" },
        group: { name: "robots", domain: { name: federation.domain } },
      },
    ],
  },
];

/** Everybody becomes the user with that name in the domain "Default". */
const locals = [
  {
    remote: [{ type: "HTTP_OIDC_PREFERRED_USERNAME" }],
    local: [{ user: { type: "local", name: "{0}", domain: { id: "default" } } }],
  },
];
