/**
 * Official service types, each with its aliases in the authority's order of preference (2025-07-24).
 * Types without an alias need no entry. A test compares it with the authority's list.
 *
 * @see https://service-types.openstack.org/service-types.json
 */
const table = `admin-logic registration
alarm alarming
application-container container
application-deployment application_deployment
baremetal bare-metal
block-storage volumev3 volumev2 volume block-store
clustering resource-cluster cluster
container-infrastructure-management container-infrastructure container-infra
event events
instance-ha ha
message messaging
meter metering telemetry
monitoring-logging monitoring-log-api
multi-region-network-automation tricircle
operator-policy policy
resource-optimization infra-optim
root-cause-analysis rca
shared-file-system sharev2 share
workflow workflowv2`;

/** Projects whose names people use instead of a type, with the types of their services. */
const projects: Readonly<Record<string, string>> = {
  keystone: "identity",
  nova: "compute",
  neutron: "network",
  cinder: "block-storage",
  glance: "image",
  swift: "object-store",
  heat: "orchestration",
  ironic: "baremetal",
  octavia: "load-balancer",
  designate: "dns",
  barbican: "key-manager",
  manila: "shared-file-system",
  magnum: "container-infrastructure-management",
};

/** Each type and alias, with its line of the table. */
const lines: ReadonlyMap<string, readonly string[]> = /* @__PURE__ */ indexTable();

function indexTable(): Map<string, readonly string[]> {
  const index = new Map<string, readonly string[]>();
  for (const line of table.split("\n")) {
    const names = line.split(" ");
    for (const name of names) index.set(name, names);
  }
  return index;
}

/** The official type of a service, of which the given one may be an alias. */
export function officialType(type: string): string {
  return lines.get(type)?.[0] ?? type;
}

/**
 * The types under which a catalog may list a service, the one asked for first. An alias stands for
 * its official type but never for another alias: volumev2 and volumev3 are different APIs.
 */
export function typesFor(type: string): readonly string[] {
  const official = officialType(type);
  return type === official ? (lines.get(type) ?? [type]) : [type, official];
}

/** The type of the service that goes by a project's name, as "compute" for "nova". */
export function typeOfProject(name: string): string | undefined {
  return Object.hasOwn(projects, name) ? projects[name] : undefined;
}
