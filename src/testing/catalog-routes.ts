import { createReply, done, get, list, remove, updateReply } from "./crud.ts";
import { attributesIn, endpoints, type Kind, regions, services } from "./kinds.ts";
import { admin, anyone, reader } from "./policies.ts";
import { problem } from "./problem.ts";
import { type AuthorizedCall, guarded, type Policy, type Reply, type Route } from "./router.ts";

export const catalogRoutes: readonly Route[] = [
  ...collection(services, reader),
  ...collection(endpoints, reader),
  ...collection(regions, anyone),
  guarded("PUT", "/v3/regions/{region_id}", "create_region", admin, (call) =>
    createReply(regions, call, call.params.region_id),
  ),
];

function collection(kind: Kind, policy: Policy): Route[] {
  const { plural, singular } = kind;
  const all = `/v3/${plural}`;
  const one = `${all}/{${singular}_id}`;
  return [
    guarded("GET", all, `list_${plural}`, policy, (call) => list(kind, call)),
    guarded("POST", all, `create_${singular}`, admin, (call) => createEntry(kind, call)),
    guarded("GET", one, `get_${singular}`, policy, (call) => get(kind, call)),
    guarded("PATCH", one, `update_${singular}`, admin, (call) => updateReply(kind, call)),
    guarded("DELETE", one, `delete_${singular}`, admin, (call) => removeEntry(kind, call)),
  ];
}

function createEntry(kind: Kind, call: AuthorizedCall): Reply {
  const { world, body } = call;
  const { id, region } = attributesIn(body, kind.singular);
  // A region is known by the id that it is given; an endpoint may bring its region along.
  if (kind === regions && typeof id === "string" && id) return createReply(kind, call, id);
  if (kind === endpoints && typeof region === "string" && !world.regions.has(region)) {
    world.regions.set(region, { id: region, description: "", parent_region_id: null });
  }
  return createReply(kind, call);
}

function removeEntry(kind: Kind, call: AuthorizedCall): Reply {
  const { world, params } = call;
  const region = params.region_id;
  const used = [...world.endpoints.values()].some(({ region_id }) => region_id === region);
  if (kind === regions && used) {
    throw problem(
      403,
      `Unable to delete region ${region} because it or its child regions have associated endpoints.`,
    );
  }
  const { id } = remove(kind, call);
  if (kind === services) {
    for (const endpoint of world.endpoints.values()) {
      if (endpoint.service_id === id) world.endpoints.delete(endpoint.id);
    }
  }
  return done;
}
