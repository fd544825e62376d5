import { recordOf } from "../is-record.ts";
import { findSetting, type Layer } from "./layers.ts";
import { isKnown } from "./names.ts";
import { asString } from "./settings.ts";
import type { Table } from "./table.ts";

/** What a provider has published about its cloud: one layer, or none. */
export interface Profile {
  readonly layers: readonly Layer[];
  /** Where the cloud names a profile that can't be used, and what was expected there. */
  readonly unusable?: { readonly place: string; readonly expected: string };
}

/**
 * The profile that a cloud names, as `profile` or, in older files, as `cloud`.
 *
 * @param profiles a parsed clouds-public.yaml
 */
export function findProfile(own: readonly Layer[], profiles: unknown): Profile {
  const named = findSetting(own, "profile") ?? findSetting(own, "cloud");
  if (!named) return { layers: [] };
  const { place } = named;
  const known = new Map(Object.entries(recordOf(recordOf(profiles)["public-clouds"])));
  const name = asString(named.value, place);
  // A profile may be a second name of another.
  const other = recordOf(known.get(name)).profile;
  const chosen = typeof other === "string" && known.has(other) ? other : name;
  if (!known.has(chosen)) {
    const expected =
      "one of the profiles in the option profiles; keystone-fetch/config/vendors has some";
    return { layers: [], unusable: { place, expected } };
  }
  const table = recordOf(known.get(chosen));
  if (table.status === "shutdown") {
    return { layers: [], unusable: { place, expected: "a cloud that was not shut down" } };
  }
  return { layers: [{ path: `public-clouds.${chosen}`, table: knownIn(table) }] };
}

/** Settings of a provider that only other tools use need not be reported. */
function knownIn(table: Table): Table {
  const entries = Object.entries(table);
  return Object.fromEntries(
    entries.filter(([key]) => key === "auth" || isKnown(key.replaceAll("-", "_"))),
  );
}
