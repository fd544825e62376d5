import { readUrl } from "../parse-url.ts";
import { refuse } from "../refuse.ts";
import { authNames } from "./names.ts";
import type { Settings } from "./settings.ts";

/**
 * An address. `{region_name}` in it, and any other setting in braces, is filled in; `%(project_id)s`
 * stays, since only a token knows it.
 *
 * @throws {OptionsError} if it is not an address, or names a setting that is not there.
 */
export function readAddress(settings: Settings, ...names: string[]): string | undefined {
  const { get, need, placeOf } = settings;
  const address = get(...names)
    ?.trim()
    .replace(/\{(\w+)\}/g, (_, name: string) => {
      const secret = authNames.includes(name) || /pass|secret|token|key/.test(name);
      refuse(
        secret,
        placeOf(...names),
        "must not have a setting of auth in braces, only one beside auth, such as {region_name}",
      );
      return need(`a value, for ${placeOf(...names)}`, name);
    });
  if (address !== undefined) readUrl(placeOf(...names), address);
  return address;
}
