import { type Entity, text, type World } from "./world.ts";

/** The catalog of a token: URLs that need a project are left out where there is none. */
export function catalogOf(world: World, user: string, project: string | undefined): object[] {
  const services = [...world.services.values()].filter(({ enabled }) => enabled !== false);
  return services.map((service) => ({
    id: service.id,
    type: service.type,
    name: service.name ?? "",
    endpoints: [...world.endpoints.values()]
      .filter((endpoint) => endpoint.service_id === service.id && endpoint.enabled !== false)
      .flatMap((endpoint) => entry(endpoint, user, project)),
  }));
}

function entry(endpoint: Entity, user: string, project: string | undefined): object[] {
  const url = fill(text(endpoint, "url"), { user_id: user, project_id: project });
  const { id, region_id } = endpoint;
  return url === undefined
    ? []
    : [{ id, interface: endpoint.interface, region_id, url, region: region_id }];
}

/** Puts the ids in place of `%(project_id)s` and `$(project_id)s`; undefined where one is missing. */
function fill(
  url: string,
  { user_id, project_id }: { user_id?: string | undefined; project_id?: string | undefined },
): string | undefined {
  const ids: Record<string, string | undefined> = { user_id, project_id, tenant_id: project_id };
  const names = [...url.matchAll(/[%$]\((\w+)\)s/g)].map(([, name = ""]) => name);
  if (names.some((name) => ids[name] === undefined)) return undefined;
  return url.replace(/[%$]\((\w+)\)s/g, (_, name: string) => ids[name] ?? "");
}
