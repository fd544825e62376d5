/** Registered limits, and the limits of projects. */
import { assert } from "chai";
import { ConflictError, ForbiddenError, NotFoundError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { limits, registeredLimits } from "../fixtures/identity.ts";
import { hiddenService, ids, scratchProject, undoing } from "../fixtures/scratch.ts";
import { adminOf, demoOn, sessionOf } from "../fixtures/sessions.ts";

const cases: readonly Case[] = [
  {
    name: "a registered limit is created, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { id: service_id } = await hiddenService(admin, undo);
        const limit = { service_id, resource_name: "cores", default_limit: 10 };
        const made = await registeredLimits.create(admin, { ...limit, region_id: "RegionOne" });
        const { id } = made;
        undo(() => registeredLimits.delete(admin, id));
        assert.deepInclude(made, { ...limit, region_id: "RegionOne", description: null });
        assert.deepEqual(await registeredLimits.get(admin, id), made);
        assert.deepEqual(ids(await registeredLimits.list(demoOn(env), { service_id })), [id]);
        assert.isEmpty(await registeredLimits.list(admin, { service_id, resource_name: "ram" }));
        const changed = await registeredLimits.update(admin, id, { default_limit: 20 });
        assert.deepEqual(changed, { ...made, default_limit: 20 });
        await failure(
          registeredLimits.create(admin, { ...limit, region_id: "RegionOne" }),
          ConflictError,
        );
        await registeredLimits.delete(admin, id);
        await failure(registeredLimits.get(admin, id), NotFoundError);
      }),
  },
  {
    name: "limits of a project are created, one or several, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { id: service_id } = await hiddenService(admin, undo);
        const project_id = await scratchProject(admin, undo);
        const registered = await registeredLimits.createMany(admin, [
          { service_id, resource_name: "cores", default_limit: 10 },
          { service_id, resource_name: "ram", default_limit: 1000 },
          { service_id, resource_name: "disks", default_limit: 3 },
        ]);
        for (const { id } of registered) undo(() => registeredLimits.delete(admin, id));
        assert.deepEqual(
          registered.map(({ resource_name }) => resource_name),
          ["cores", "ram", "disks"],
        );
        const cores = { service_id, project_id, resource_name: "cores", resource_limit: 20 };
        const made = await limits.create(admin, cores);
        const { id } = made;
        undo(() => limits.delete(admin, id));
        assert.deepInclude(made, cores);
        await failure(limits.create(admin, cores), ConflictError);
        const others = await limits.createMany(admin, [
          { service_id, project_id, resource_name: "ram", resource_limit: 2000 },
          { service_id, project_id, resource_name: "disks", resource_limit: 6 },
        ]);
        for (const { id: other } of others) undo(() => limits.delete(admin, other));
        assert.deepEqual(await limits.get(admin, id), made);
        const system = sessionOf(env, "admin", { scope: { system: "all" } });
        const all = await limits.list(system, { project_id });
        assert.sameMembers(ids(all), [id, ...ids(others)]);
        const query = { project_id, resource_name: "cores" };
        assert.deepEqual(ids(await limits.list(system, query)), [id]);
        assert.isEmpty(await limits.list(demoOn(env), { service_id }));
        const changed = await limits.update(admin, id, { resource_limit: 30 });
        assert.deepEqual(changed, { ...made, resource_limit: 30 });
        const [first] = registered;
        await failure(
          registeredLimits.update(admin, first.id, { default_limit: 1 }),
          ForbiddenError,
        );
        await failure(registeredLimits.delete(admin, first.id), ForbiddenError);
        await failure(
          limits.create(admin, { ...cores, resource_name: "unregistered" }),
          ForbiddenError,
        );
        await limits.delete(admin, id);
        await failure(limits.get(admin, id), NotFoundError);
      }),
  },
  {
    name: "several limits are created together or not at all",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { id: service_id } = await hiddenService(admin, undo);
        const limit = { service_id, resource_name: "cores", default_limit: 1 };
        await failure(registeredLimits.createMany(admin, [limit, limit]), ConflictError);
        assert.isEmpty(await registeredLimits.list(admin, { service_id }));
      }),
  },
  {
    name: "anybody may ask how the limits of projects relate",
    async run(env) {
      const { name, description } = await limits.model(demoOn(env));
      assert.equal(name, "flat");
      assert.isString(description);
    },
  },
];

export default cases;
