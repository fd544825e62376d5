import type { Interface } from "../catalog/find-endpoint.ts";
import { expect } from "../expect.ts";
import { readUrl } from "../parse-url.ts";
import type { SessionOptions } from "../session/options.ts";
import { readAuth } from "./read-auth.ts";
import { placesOfScope, readScope } from "./read-scope.ts";
import type { Settings } from "./settings.ts";

/**
 * The options of a session from settings, wherever these come from; what is not set is not there.
 *
 * @throws {OptionsError} naming the place, never what is written there.
 */
export function readSettings(settings: Settings): SessionOptions {
  const { get, need, placeOf } = settings;
  const version = get("identity_api_version");
  expect(!version || /^v?3(\.\d+)?$/.test(version), placeOf("identity_api_version"), "3");
  const region = get("region_name");
  const authUrl = need("the address of Keystone", "auth_url")
    // Clouds with a Keystone for each region write it so.
    .replaceAll("{region_name}", region ?? "");
  readUrl(placeOf("auth_url"), authUrl);
  const auth = readAuth(settings);
  const [place] = auth.name === "application_credential" ? placesOfScope(settings) : [];
  expect(!place, `${place}`, "nothing: an application credential has its own project");
  const scope = readScope(settings);
  const wish = readInterface(settings);
  const endpointOverrides = readOverrides(settings);
  return {
    authUrl,
    auth,
    ...(scope && { scope }),
    ...(region && { region }),
    ...(wish && { interface: wish }),
    ...(endpointOverrides && { endpointOverrides }),
  };
}

/** "internal", as "internalURL" in older files, or several in order of preference. */
function readInterface({ get, placeOf }: Settings): Interface | Interface[] | undefined {
  const names = ["interface", "endpoint_type"];
  const [first, ...others] = (get(...names)?.split(",") ?? []).map((name) => {
    const plain = name.trim().replace(/URL$/, "");
    expect(/^(public|internal|admin)$/.test(plain), placeOf(...names), "public, internal or admin");
    return plain as Interface;
  });
  return first && others.length > 0 ? [first, ...others] : first;
}

/** `block_storage_endpoint_override` is the address of "block-storage". */
function readOverrides({ names, get, placeOf }: Settings): Record<string, string> | undefined {
  const overrides = names.flatMap((name) => {
    const [, service] = /^(.+)_endpoint_override$/.exec(name) ?? [];
    const url = service && get(name);
    if (!url) return [];
    readUrl(placeOf(name), url);
    return [[service.replaceAll("_", "-"), url] as const];
  });
  return overrides.length > 0 ? Object.fromEntries(overrides) : undefined;
}
