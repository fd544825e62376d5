import { expectMicroversion, type ServiceDefaults } from "../catalog/endpoint-query.ts";
import { typesFor } from "../catalog/service-types.ts";
import { expect } from "../expect.ts";
import type { SessionOptions } from "../session/options.ts";
import { readOverride } from "../session/override.ts";
import { type ServiceKey, splitServiceName } from "./names.ts";
import { readAddress } from "./read-address.ts";
import { readInterface } from "./read-interface.ts";
import type { Settings } from "./settings.ts";

/** `object_store_region_name` is the region of "object-store", `compute_endpoint` an address. */
export function readServices(
  settings: Settings,
): Pick<SessionOptions, "services" | "endpointOverrides"> {
  const services = new Map<string, ServiceDefaults>();
  const addresses = new Map<string, string>();
  for (const service of servicesOf(settings)) {
    const found = readService(settings, service);
    if (Object.keys(found).length > 0) services.set(service, found);
    const ofAddress = [nameOf(service, "endpoint_override"), nameOf(service, "endpoint")];
    const address = readAddress(settings, ...ofAddress);
    if (address) {
      readOverride(settings.placeOf(...ofAddress), address);
      addresses.set(service, address);
    }
  }
  return {
    ...(services.size > 0 && { services: Object.fromEntries(services) }),
    ...(addresses.size > 0 && { endpointOverrides: Object.fromEntries(addresses) }),
  };
}

/** Each service that has a setting of its own, once. */
function servicesOf({ names }: Settings): Set<string> {
  const found = names.map((name) => splitServiceName(name)?.[0]);
  return new Set(found.filter((service) => service !== undefined));
}

function nameOf(service: string, key: ServiceKey): string {
  return `${service.replaceAll("-", "_")}_${key}`;
}

function readService(settings: Settings, service: string): ServiceDefaults {
  const { get } = settings;
  const region = get(nameOf(service, "region_name"));
  const interfaces = readInterface(
    settings,
    nameOf(service, "endpoint_type"),
    nameOf(service, "interface"),
  );
  const name = get(nameOf(service, "service_name"));
  const type = readType(settings, service);
  return {
    ...(region && { region }),
    ...(interfaces && { interface: interfaces }),
    ...(name && { name }),
    ...(type && { type }),
    ...readVersions(settings, service),
  };
}

/** Official types without an alias (2025-07-24); a test holds it against the authority's list. */
const plainTypes =
  `accelerator application-catalog backup baremetal-introspection compute data-processing
  data-protection-orchestration database dns ec2-api function-engine identity image key-manager
  load-balancer log-management metric-storage monitoring monitoring-events network
  nfv-orchestration object-store orchestration placement rating reservation search`.split(/\s+/);

/** @throws {OptionsError} for the type of another service, for which these settings would be wrong. */
function readType({ get, placeOf }: Settings, service: string): string | undefined {
  const written = nameOf(service, "service_type");
  const type = get(written);
  if (!type) return undefined;
  const official = plainTypes.includes(type) || typesFor(type).length > 1;
  const own = typesFor(type).some((name) => typesFor(service).includes(name));
  expect(own || !official, placeOf(written), `a type of ${service}, not another service's`);
  return type;
}

/**
 * A version with a minor number, such as "2.87", is a microversion, as in openstacksdk. "latest" and
 * other words mean the same as no version; Identity has only version 3.
 */
function readVersions({ get, placeOf }: Settings, service: string) {
  const ofVersion = nameOf(service, "api_version");
  const ofMicroversion = nameOf(service, "default_microversion");
  const microversion = get(ofMicroversion);
  expectMicroversion(microversion, placeOf(ofMicroversion));
  const written = service === "identity" ? undefined : get(ofVersion);
  const [, version, major, minor = "0"] = /^v?((\d+)(?:\.(\d+))?)$/.exec(written ?? "") ?? [];
  if (!version || !major || minor === "0") {
    return { ...(version && { version }), ...(microversion && { microversion }) };
  }
  const agree = !microversion || microversion === version;
  expect(agree, placeOf(ofMicroversion), `the same as ${placeOf(ofVersion)}`);
  return { version: major, microversion: version };
}
