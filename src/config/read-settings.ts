import { expect } from "../expect.ts";
import { refuse } from "../refuse.ts";
import type { SessionOptions } from "../session/options.ts";
import { type ConfigOptions, refuseIgnored, tellIgnored } from "./ignored.ts";
import { readAddress } from "./read-address.ts";
import { readAuth } from "./read-auth.ts";
import { readInterface } from "./read-interface.ts";
import { placesOfScope, readScope } from "./read-scope.ts";
import { readServices } from "./read-services.ts";
import type { Settings } from "./settings.ts";

/**
 * Turns settings, wherever they come from, into the options of a session; what is not set is absent.
 *
 * @throws {OptionsError} naming the place, never what is written there.
 */
export function readSettings(settings: Settings, { ignored }: ConfigOptions): SessionOptions {
  const { get, need, placeOf } = settings;
  expect(!ignored || typeof ignored === "function", "ignored", "a function");
  if (!ignored) refuseIgnored(settings);
  const version = get("identity_api_version")?.trim();
  expect(!version || /^v?3(\.\d+)?$/.test(version), placeOf("identity_api_version"), "3");
  need("the address of Keystone", "auth_url");
  const authUrl = readAddress(settings, "auth_url") ?? "";
  const auth = readAuth(settings);
  const own = [auth].flat().some(({ name }) => name === "application_credential");
  const [place] = own ? placesOfScope(settings) : [];
  const why = "must not be set: an application credential has its own project";
  refuse(place, `${place}`, why);
  const scope = readScope(settings);
  const region = get("region_name")?.trim();
  const interfaces = readInterface(settings, "endpoint_type", "interface");
  const timeout = readTimeout(settings);
  const services = readServices(settings);
  if (ignored) tellIgnored(settings, ignored);
  return {
    authUrl,
    auth,
    ...(scope && { scope }),
    ...(region && { region }),
    ...(interfaces && { interface: interfaces }),
    ...(timeout && { timeout }),
    ...services,
  };
}

/** Milliseconds. A service's own, such as `compute_timeout`, applies to all, as in openstacksdk. */
function readTimeout({ get, names, placeOf }: Settings): number | undefined {
  const ofServices = names.filter((name) => /_timeout$/.test(name) && name !== "api_timeout");
  const wanted = [...ofServices.reverse(), "api_timeout"];
  const seconds = get(...wanted);
  if (seconds === undefined) return undefined;
  const milliseconds = Math.ceil(Number(seconds) * 1000);
  const fits = milliseconds > 0 && milliseconds < 2 ** 31;
  expect(fits, placeOf(...wanted), "seconds, more than 0 and below 2147483");
  return milliseconds;
}
