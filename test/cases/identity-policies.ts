/** Policies, and which endpoints have them. */
import { assert } from "chai";
import { NotFoundError, type Session } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { policies } from "../fixtures/identity.ts";
import { hiddenEndpoint, ids, type Undo, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf } from "../fixtures/sessions.ts";

async function scratchPolicy(admin: Session, undo: Undo) {
  const rules = { type: `text/${unique("rules")}`, blob: '{"backup:list": "role:reader"}' };
  const made = await policies.create(admin, { ...rules, shelf: "left" });
  undo(() => policies.delete(admin, made.id));
  assert.deepInclude(made, { ...rules, shelf: "left" });
  return made;
}

const cases: readonly Case[] = [
  {
    name: "a policy is created, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const made = await scratchPolicy(admin, undo);
        const { id, type } = made;
        assert.deepEqual(await policies.get(admin, id), made);
        assert.deepEqual(ids(await policies.list(admin, { type })), [id]);
        assert.include(ids(await policies.list(admin)), id);
        const changed = await policies.update(admin, id, { blob: "{}" });
        assert.deepInclude(changed, { blob: "{}", type, shelf: "left" });
        await policies.delete(admin, id);
        await failure(policies.get(admin, id), NotFoundError);
      }),
  },
  {
    name: "an endpoint's own policy precedes its region's, which precedes its service's",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { id: endpoint, service_id: service } = await hiddenEndpoint(admin, undo);
        await failure(policies.ofEndpoint(admin, endpoint), NotFoundError);
        const uses = [{ service }, { service, region: "RegionOne" }, { endpoint }];
        const assigned = [];
        for (const place of uses) {
          const { id: policy } = await scratchPolicy(admin, undo);
          const use = { policy, ...place } as Parameters<typeof policies.assign>[1];
          assert.isFalse(await policies.check(admin, use));
          await policies.assign(admin, use);
          await policies.assign(admin, use);
          assert.isTrue(await policies.check(admin, use));
          assert.equal((await policies.ofEndpoint(admin, endpoint)).id, policy);
          assert.deepEqual(ids(await policies.endpoints(admin, policy)), [endpoint]);
          assigned.unshift(use);
        }
        for (const use of assigned) {
          assert.equal((await policies.ofEndpoint(admin, endpoint)).id, use.policy);
          await policies.unassign(admin, use);
          assert.isFalse(await policies.check(admin, use));
        }
        await failure(policies.ofEndpoint(admin, endpoint), NotFoundError);
      }),
  },
];

export default cases;
