/**
 * Everything that libcloud's identity connection does, each of its look-ups and calls, done with this
 * SDK.
 */
import { assert } from "chai";
import {
  type Catalog,
  createSession,
  discover,
  findEndpoints,
  NotFoundError,
  regions,
  serviceTypes,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { domains, projects, roles, users } from "../fixtures/identity.ts";
import { ids, scratchDomain, scratchProject, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, changing, demoOn, names, passwordOf, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** A catalog whose services are in different regions: a region has only some of them. */
const uneven: readonly (readonly [type: string, name: string, regions: readonly string[]])[] = [
  ["compute", "nova", ["north", "south"]],
  ["compute", "nova-legacy", ["north"]],
  ["object-store", "swift", ["south"]],
  ["dns", "designate", []],
];

function unevenCatalog(): object[] {
  return uneven.map(([type, name, places]) => ({
    id: name,
    type,
    name,
    endpoints: places.flatMap((region) =>
      ["public", "internal"].map((face) => ({
        id: `${name}-${region}-${face}`,
        interface: face,
        region,
        region_id: region,
        url: `https://${name}.${region}.example/${face}`,
      })),
    ),
  }));
}

/** libcloud's get_service_types(region). */
const typesIn = (catalog: Catalog, region: string) =>
  serviceTypes(catalog.filter(({ endpoints }) => endpoints.some((one) => one.region === region)));

/** libcloud's get_regions(service_type). */
const regionsOf = (catalog: Catalog, type: string) =>
  regions(catalog.filter((service) => service.type === type));

const cases: readonly Case[] = [
  {
    name: "the catalog: types, names and regions of a service, addresses in the caller's order",
    async run(env) {
      const fetch = changing((token) => {
        token.catalog = unevenCatalog();
      });
      const { catalog } = await sessionAt(faulty(env, "ok"), { fetch }).token();
      assert.deepEqual(serviceTypes(catalog), ["compute", "dns", "object-store"]);
      assert.deepEqual(typesIn(catalog, "north"), ["compute"]);
      assert.deepEqual(typesIn(catalog, "south"), ["compute", "object-store"]);
      assert.deepEqual(regions(catalog), ["north", "south"]);
      assert.deepEqual(regionsOf(catalog, "compute"), ["north", "south"]);
      assert.deepEqual(regionsOf(catalog, "object-store"), ["south"]);
      assert.isEmpty(regionsOf(catalog, "dns"));
      assert.deepEqual(names(catalog), ["designate", "nova", "nova-legacy", "swift"]);
      const urls = (query: Parameters<typeof findEndpoints>[1]) =>
        findEndpoints(catalog, query).map(({ url }) => url);
      assert.deepEqual(urls("compute"), [
        "https://nova.north.example/public",
        "https://nova.south.example/public",
        "https://nova-legacy.north.example/public",
      ]);
      assert.deepEqual(urls({ type: "compute", name: "nova", region: "south" }), [
        "https://nova.south.example/public",
      ]);
      assert.deepEqual(urls({ type: "object-store", interface: ["internal", "public"] }), [
        "https://swift.south.example/internal",
        "https://swift.south.example/public",
      ]);
      assert.isEmpty(urls({ type: "object-store", region: "north" }));
      assert.isEmpty(urls("dns"));
    },
  },
  {
    name: "a session for each region of the real catalog finds that region's addresses",
    async run(env) {
      const { catalog } = await demoOn(env).token();
      for (const region of regions(catalog)) {
        const session = createSession({
          authUrl: `${env.keystone}/v3`,
          auth: passwordOf(env, "demo"),
          scope: { project: { name: "web", domain: { name: "Default" } } },
          region,
        });
        for (const type of serviceTypes(catalog).filter((one) => one !== "identity")) {
          assert.equal((await session.endpoint(type)).region, region, type);
        }
      }
    },
  },
  {
    name: "the connection: versions, a login that is forced, the roles of the token",
    async run(env) {
      const versions = await discover(env.keystone);
      assert.include(
        versions.map(({ id }) => id.split(".")[0]),
        "v3",
      );
      const session = adminOf(env);
      const { id, roles: own } = await session.token();
      assert.equal((await session.token()).id, id);
      assert.notEqual((await session.authenticate()).id, id);
      assert.include(names(own), "admin");
    },
  },
  {
    name: "the 16 calls of its administrator",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const domain = await scratchDomain(admin, undo);
        const project = await scratchProject(admin, undo);
        // create_user, get_user, list_users
        const user = await users.create(admin, {
          name: unique("libcloud"),
          email: "somebody@example.com",
          password: unique("secret"),
          domain_id: domain,
          description: "made by a case",
          enabled: true,
        });
        undo(() => users.delete(admin, user.id));
        assert.equal((await users.get(admin, user.id)).email, "somebody@example.com");
        assert.include(ids(await users.list(admin, { domain_id: domain })), user.id);
        // disable_user, enable_user
        assert.isFalse((await users.update(admin, user.id, { enabled: false })).enabled);
        assert.isTrue((await users.update(admin, user.id, { enabled: true })).enabled);
        // list_domains, get_domain, list_projects, list_roles
        assert.include(ids(await domains.list(admin)), domain);
        assert.equal((await domains.get(admin, domain)).id, domain);
        assert.include(ids(await projects.list(admin)), project);
        const reader = (await roles.list(admin)).find(({ name }) => name === "reader");
        assert.isDefined(reader);
        // grant_domain_role_to_user, list_user_domain_roles, revoke_domain_role_from_user
        const onDomain = { role: reader.id, user: user.id, domain };
        await roles.assign(admin, onDomain);
        await roles.assign(admin, onDomain);
        assert.deepEqual(names(await roles.granted(admin, { user: user.id, domain })), ["reader"]);
        await roles.unassign(admin, onDomain);
        assert.isEmpty(await roles.granted(admin, { user: user.id, domain }));
        // grant_project_role_to_user, list_user_projects, revoke_project_role_from_user
        const onProject = { role: reader.id, user: user.id, project };
        await roles.assign(admin, onProject);
        assert.deepEqual(ids(await users.projects(admin, user.id)), [project]);
        await roles.unassign(admin, onProject);
        assert.isEmpty(await users.projects(admin, user.id));
        await failure(roles.unassign(admin, onProject), NotFoundError);
      }),
  },
  {
    name: "a user without e-mail, description or state is a user all the same",
    async run(env) {
      const fetch: typeof globalThis.fetch = async (input, init) => {
        const response = await globalThis.fetch(input, init);
        if (init?.method === "POST") return response;
        return Response.json({ users: [{ id: "1", name: "bare" }], links: {} });
      };
      const session = sessionAt(faulty(env, "ok"), { fetch });
      const [user] = await users.list(session);
      assert.deepInclude(user, { id: "1", name: "bare" });
    },
  },
];

export default cases;
