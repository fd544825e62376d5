/**
 * Official service types, each with its aliases in the authority's order of preference
 * (2025-07-24). Types without an alias need no entry. A test holds it against the authority's list.
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

/**
 * The types under which a catalog may list a service, the asked one first. An alias stands for its
 * official type but never for another alias: volumev2 and volumev3 are different APIs.
 */
export function typesFor(type: string): string[] {
  const lines = table.split("\n").map((line) => line.split(" "));
  const names = lines.find((line) => line.includes(type)) ?? [type];
  return names[0] === type ? names : [type, ...names.slice(0, 1)];
}
