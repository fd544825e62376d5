import { editDistance } from "../edit-distance.ts";

/** Who the user is and for what scope: what a clouds.yaml has below `auth`. */
export const authNames: readonly string[] = [
  "auth_url",
  "username",
  "user_name",
  "user_id",
  "userid",
  "user_domain_id",
  "user_domain_name",
  "password",
  "passcode",
  "auth_methods",
  "token",
  "auth_token",
  "application_credential_id",
  "application_credential_name",
  "application_credential_secret",
  "identity_provider",
  "protocol",
  "access_token",
  "project_id",
  "project_name",
  "project_domain_id",
  "project_domain_name",
  "tenant_id",
  "tenant_name",
  "domain_id",
  "domain_name",
  "default_domain",
  "default_domain_id",
  "default_domain_name",
  "system_scope",
  "trust_id",
];

/** What is beside `auth`. */
const otherNames: readonly string[] = [
  "auth_type",
  "auth_plugin",
  "region_name",
  "interface",
  "endpoint_type",
  "identity_api_version",
  "api_timeout",
  "verify",
  "insecure",
  "cacert",
  "cert",
  "key",
  "cloud",
  "profile",
  "regions",
];

/** What is set for one service: `object_store_region_name` is the region of "object-store". */
const serviceKeys = [
  "region_name",
  "interface",
  "endpoint_type",
  "endpoint_override",
  "endpoint",
  "service_type",
  "service_name",
  "api_version",
  "default_microversion",
] as const;

export type ServiceKey = (typeof serviceKeys)[number];

/** Options of login methods that end as those of a service do. */
const noServices = ["access_token_endpoint", "discovery_endpoint"];

/** The service and the key in a name, as in "object-store" and "region_name". */
export function splitServiceName(name: string): [service: string, key: ServiceKey] | undefined {
  const key = serviceKeys.find((one) => name.endsWith(`_${one}`));
  if (!key || noServices.includes(name) || names.has(name)) return undefined;
  return [name.slice(0, -key.length - 1).replaceAll("_", "-"), key];
}

const names: ReadonlySet<string> = new Set([...authNames, ...otherNames]);

/** Whether it is the name of a setting that this package knows. */
export function isKnown(name: string): boolean {
  return names.has(name) || splitServiceName(name) !== undefined || name.endsWith("_timeout");
}

/** The known name that an unknown one was probably meant to be. */
export function likelyName(name: string): string | undefined {
  if (isKnown(name)) return undefined;
  // `region` is another tool's name for region_name, not a misspelt `regions`.
  const near = nearest(
    name,
    [...names].filter((one) => one.length > 4 && one !== "regions"),
  );
  return near ?? likelyServiceName(name);
}

/** `compute_endpoint_override` for `compute_endpoint_overide`. */
function likelyServiceName(name: string): string | undefined {
  if (noServices.includes(name)) return undefined;
  const words = name.split("_");
  for (let count = 1; count < words.length; count++) {
    const key = nearest(words.slice(count).join("_"), serviceKeys);
    if (key) return [...words.slice(0, count), key].join("_");
  }
  return undefined;
}

/** The one that differs by a letter or two, if there is one. */
function nearest(name: string, known: readonly string[]): string | undefined {
  // In a short name, one letter makes another word.
  const most = name.length < 9 ? 1 : 2;
  const near = known
    .filter((one) => Math.abs(one.length - name.length) <= most)
    .map((one) => ({ one, distance: editDistance(name, one) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.one;
}
