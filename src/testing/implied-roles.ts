import { done, required } from "./crud.ts";
import { roles } from "./kinds.ts";
import { admin, reader } from "./policies.ts";
import { conflict, notFound, problem } from "./problem.ts";
import { type AuthorizedCall, guarded, type Reply, type Route } from "./router.ts";
import type { Entity, World } from "./world.ts";

const all = "/v3/roles/{prior_role_id}/implies";
const one = `${all}/{implied_role_id}`;

export const impliedRoleRoutes: readonly Route[] = [
  guarded("GET", "/v3/role_inferences", "list_role_inference_rules", reader, listInferences),
  guarded("GET", all, "list_implied_roles", reader, listImplied),
  guarded("GET", one, "get_implied_role", reader, getImplied),
  guarded("PUT", one, "create_implied_role", admin, createImplied),
  guarded("DELETE", one, "delete_implied_role", admin, deleteImplied),
];

const linked = (world: World, { id, name }: Entity): object => ({
  id,
  links: { self: `${world.root}/v3/roles/${id}` },
  name,
});

const impliedBy = (world: World, id: string): Entity[] =>
  (world.implied.get(id) ?? []).flatMap((role) => world.roles.get(role) ?? []);

const inference = (world: World, prior: Entity): object => ({
  prior_role: linked(world, prior),
  implies: impliedBy(world, prior.id).map((role) => linked(world, role)),
});

function listInferences({ world }: AuthorizedCall): Reply {
  const priors = [...world.roles.values()].filter(({ id }) => impliedBy(world, id).length > 0);
  const role_inferences = priors.map((prior) => inference(world, prior));
  return { status: 200, body: { role_inferences } };
}

function listImplied({ world, params }: AuthorizedCall): Reply {
  const prior = required(world, roles, params.prior_role_id);
  const links = { self: `${world.root}/v3/roles/${prior.id}/implies` };
  return { status: 200, body: { role_inference: inference(world, prior), links } };
}

interface Pair {
  readonly prior: Entity;
  readonly implied: Entity;
}

function pairOf({ world, params }: AuthorizedCall): Pair {
  const prior = required(world, roles, params.prior_role_id);
  return { prior, implied: required(world, roles, params.implied_role_id) };
}

function assertImplied(call: AuthorizedCall): Pair {
  const { prior, implied } = pairOf(call);
  if (!call.world.implied.get(prior.id)?.includes(implied.id)) {
    throw notFound(`${prior.id} does not imply ${implied.id}.`);
  }
  return { prior, implied };
}

function shown({ world }: AuthorizedCall, { prior, implied }: Pair): object {
  const links = { self: `${world.root}/v3/roles/${prior.id}/implies/${implied.id}` };
  const rule = { prior_role: linked(world, prior), implies: linked(world, implied) };
  return { role_inference: rule, links };
}

function getImplied(call: AuthorizedCall): Reply {
  const pair = assertImplied(call);
  // HEAD is a 204 here, and here alone.
  return call.method === "HEAD" ? done : { status: 200, body: shown(call, pair) };
}

function createImplied(call: AuthorizedCall): Reply {
  const { world } = call;
  const { prior, implied } = pairOf(call);
  if (implied.name === "admin") throw problem(403, `${implied.id} cannot be an implied roles.`);
  const before = world.implied.get(prior.id) ?? [];
  if (before.includes(implied.id)) {
    throw conflict("Conflict occurred attempting to store implied_role - Duplicate entry.");
  }
  world.implied.set(prior.id, [...before, implied.id]);
  return { status: 201, body: shown(call, { prior, implied }) };
}

function deleteImplied(call: AuthorizedCall): Reply {
  const { prior, implied } = assertImplied(call);
  const left = call.world.implied.get(prior.id)?.filter((id) => id !== implied.id) ?? [];
  call.world.implied.set(prior.id, left);
  return done;
}
