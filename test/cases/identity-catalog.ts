/** Services, endpoints and regions, and what a project's catalog holds of them. */
import { assert } from "chai";
import { ConflictError, ForbiddenError, NotFoundError, OptionsError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import {
  endpointFilters,
  endpointGroups,
  endpoints,
  regions,
  services,
} from "../fixtures/identity.ts";
import {
  hiddenEndpoint,
  hiddenService,
  ids,
  scratchProject,
  undoing,
  unique,
} from "../fixtures/scratch.ts";
import { adminOf, demoOn, names } from "../fixtures/sessions.ts";

const cases: readonly Case[] = [
  {
    name: "a service is created, read, found, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const made = await hiddenService(admin, undo);
        const { id, type } = made;
        const name = String(made.name);
        assert.deepEqual(await services.get(admin, id), made);
        assert.equal((await services.find(admin, name)).id, id);
        assert.equal((await services.find(admin, id)).id, id);
        assert.deepEqual(ids(await services.list(admin, { type })), [id]);
        assert.deepEqual(ids(await services.list(admin, { name__startswith: name })), [id]);
        assert.include(ids(await services.list(admin)), id);
        const changed = await services.update(admin, id, { description: "Backups" });
        assert.deepInclude(changed, { description: "Backups", shelf: "left", type });
        await services.delete(admin, id);
        await failure(services.get(admin, id), NotFoundError);
        await failure(services.delete(admin, id), NotFoundError);
        await failure(services.find(admin, name), NotFoundError);
      }),
  },
  {
    name: "services with the same name are told apart only by their ids",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const [one, other] = [await hiddenService(admin, undo), await hiddenService(admin, undo)];
        const name = String(one.name);
        await services.update(admin, other.id, { name });
        const { message } = await failure(services.find(admin, name), ConflictError);
        assert.include(message, one.id);
        assert.include(message, other.id);
        assert.equal((await services.find(admin, other.id)).id, other.id);
      }),
  },
  {
    name: "a user who may not see services and endpoints is told which rule forbids it",
    async run(env) {
      const demo = demoOn(env);
      const { message } = await failure(services.list(demo), ForbiddenError);
      assert.include(message, "identity:list_services");
      assert.include(
        (await failure(endpoints.list(demo), ForbiddenError)).message,
        "identity:list_endpoints",
      );
    },
  },
  {
    name: "an endpoint is created, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const made = await hiddenEndpoint(admin, undo);
        const { id, service_id, region_id, url } = made;
        assert.deepEqual(await endpoints.get(admin, id), made);
        assert.deepEqual(ids(await endpoints.list(admin, { service_id })), [id]);
        assert.isEmpty(await endpoints.list(admin, { service_id, interface: "admin" }));
        const there = await endpoints.list(admin, { interface: "public", region_id: "RegionOne" });
        assert.include(ids(there), id);
        assert.isAbove(there.length, 5);
        const changed = await endpoints.update(admin, id, { url: `${url}/x` });
        assert.deepInclude(changed, { url: `${url}/x`, region_id, enabled: false });
        await endpoints.delete(admin, id);
        await failure(endpoints.get(admin, id), NotFoundError);
      }),
  },
  {
    name: "a region is created with an id or without, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const id = unique("north pole");
        const made = await regions.create(admin, { id, description: "Cold" });
        undo(() => regions.delete(admin, id));
        assert.deepInclude(made, { id, description: "Cold", parent_region_id: null });
        await failure(regions.create(admin, { id }), ConflictError);
        const below = await regions.create(admin, { parent_region_id: id });
        undo(() => regions.delete(admin, below.id));
        assert.match(below.id, /^\w{32}$/);
        assert.deepEqual(await regions.get(admin, id), made);
        assert.includeMembers(ids(await regions.list(demoOn(env))), [id, below.id, "RegionOne"]);
        assert.deepEqual(ids(await regions.list(admin, { parent_region_id: id })), [below.id]);
        const changed = await regions.update(admin, id, { description: "Colder" });
        assert.equal(changed.description, "Colder");
        await regions.delete(admin, below.id);
        await failure(regions.get(admin, below.id), NotFoundError);
        const { message } = await failure(regions.delete(admin, "RegionOne"), ForbiddenError);
        assert.include(message, "endpoints");
      }),
  },
  {
    name: "a region whose id no path can hold is refused, since nobody could delete it",
    async run(env) {
      const id = `${unique("a")}/b`;
      const { message } = await failure(regions.create(adminOf(env), { id }), OptionsError);
      assert.include(message, "regions/{id}");
    },
  },
  {
    name: "an endpoint is put into a project's catalog, and taken out again",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const project = await scratchProject(admin, undo);
        const { id: endpoint } = await hiddenEndpoint(admin, undo);
        const filter = { project, endpoint };
        assert.isFalse(await endpointFilters.check(admin, filter));
        await endpointFilters.assign(admin, filter);
        await failure(endpointFilters.assign(admin, filter), ConflictError);
        assert.isTrue(await endpointFilters.check(admin, filter));
        assert.deepEqual(ids(await endpointFilters.endpoints(admin, project)), [endpoint]);
        assert.deepEqual(ids(await endpointFilters.projects(admin, { endpoint })), [project]);
        await endpointFilters.unassign(admin, filter);
        assert.isFalse(await endpointFilters.check(admin, filter));
        assert.isEmpty(await endpointFilters.endpoints(admin, project));
        assert.isEmpty(await endpointFilters.projects(admin, { endpoint }));
        await failure(endpointFilters.unassign(admin, filter), NotFoundError);
      }),
  },
  {
    name: "an endpoint group is created, read, found, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const name = unique("north");
        const filters = { region_id: "RegionOne", interface: "public" };
        const made = await endpointGroups.create(admin, { name, filters });
        const { id } = made;
        undo(() => endpointGroups.delete(admin, id));
        assert.deepInclude(made, { name, filters, description: null });
        assert.deepEqual(await endpointGroups.get(admin, id), made);
        assert.equal((await endpointGroups.find(admin, name)).id, id);
        assert.include(names(await endpointGroups.list(admin)), name);
        assert.deepEqual(names(await endpointGroups.list(admin, { name })), [name]);
        const changed = await endpointGroups.update(admin, id, { description: "Cold" });
        assert.deepInclude(changed, { name, filters, description: "Cold" });
        await endpointGroups.delete(admin, id);
        await failure(endpointGroups.get(admin, id), NotFoundError);
        await failure(endpointGroups.find(admin, name), NotFoundError);
      }),
  },
  {
    name: "a group of endpoints is put into a project's catalog, and taken out again",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const project = await scratchProject(admin, undo);
        const { id: endpoint, service_id } = await hiddenEndpoint(admin, undo);
        const group = { name: unique("one"), filters: { service_id } };
        const { id: endpointGroup } = await endpointGroups.create(admin, group);
        undo(() => endpointGroups.delete(admin, endpointGroup));
        assert.deepEqual(ids(await endpointGroups.endpoints(admin, endpointGroup)), [endpoint]);
        const filter = { project, endpointGroup };
        assert.isFalse(await endpointFilters.check(admin, filter));
        await endpointFilters.assign(admin, filter);
        assert.isTrue(await endpointFilters.check(admin, filter));
        const groups = await endpointFilters.endpointGroups(admin, project);
        assert.deepEqual(ids(groups), [endpointGroup]);
        assert.deepEqual(ids(await endpointFilters.endpoints(admin, project)), [endpoint]);
        assert.deepEqual(ids(await endpointFilters.projects(admin, { endpointGroup })), [project]);
        await endpointFilters.unassign(admin, filter);
        assert.isFalse(await endpointFilters.check(admin, filter));
        await failure(endpointFilters.unassign(admin, filter), NotFoundError);
      }),
  },
];

export default cases;
