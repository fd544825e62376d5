import { expect } from "../expect.ts";
import { findSetting, type Layer } from "./layers.ts";
import { asList, asString, type Setting } from "./settings.ts";
import { type Table, tableOf } from "./table.ts";

/** A region, and what is set for it alone. */
export interface Region {
  readonly name: string;
  readonly values: Table;
}

/**
 * The region that was asked for or, without one, the cloud's own `region_name`, or the first of the
 * regions that there are. Those are the cloud's own `regions`, several names in its `region_name`, or
 * the profile's; a single name in `region_name` limits nothing, and may be newer than the profile.
 *
 * @throws {OptionsError} for a region outside the list.
 */
export function findRegion(
  own: readonly Layer[],
  profile: readonly Layer[],
  asked: string | undefined,
): Region | undefined {
  const ownName = findSetting(own, "region_name");
  const [first, ...more] = namesIn(ownName);
  const ownList = findSetting(own, "regions");
  const listed = regionsIn(ownList);
  if (ownList && listed.length > 0) {
    if (asked) return pick(listed, asked, "region", ownList);
    return first && ownName ? pick(listed, first, ownName.place, ownList) : listed[0];
  }
  const list = findSetting(profile, "regions");
  const published = regionsIn(list);
  const valuesOf = (name: string) => published.find((one) => one.name === name) ?? plain(name);
  if (ownName && first) {
    const regions = [first, ...more].map(valuesOf);
    if (!asked) return regions[0];
    return more.length > 0 ? pick(regions, asked, "region", ownName) : valuesOf(asked);
  }
  if (list && published.length > 0) {
    return asked ? pick(published, asked, "region", list) : published[0];
  }
  const name = asked || namesIn(findSetting(profile, "region_name"))[0];
  return name ? plain(name) : undefined;
}

/** @param list where the regions are written: what is written there is not repeated */
function pick(regions: readonly Region[], name: string, place: string, list: Setting): Region {
  const found = regions.find((one) => one.name === name);
  expect(found, place, `one of those in ${list.place}`);
  return found;
}

function plain(name: string): Region {
  return { name, values: {} };
}

function namesIn(setting: Setting | undefined): string[] {
  return setting ? asList(setting.value, setting.place) : [];
}

/** Each is a name, or `{ name, values }`. */
function regionsIn(list: Setting | undefined): Region[] {
  if (!list) return [];
  const { value, place } = list;
  const items: unknown[] = Array.isArray(value) ? Array.from(value) : asList(value, place);
  return items.map((item) => {
    if (typeof item !== "object" || item === null) return plain(asString(item, place));
    const table = tableOf(item);
    const fits = Object.keys(table).every((key) => key === "name" || key === "values");
    expect(fits && table.name !== undefined, place, "names, or { name, values } for each");
    return { name: asString(table.name, place), values: tableOf(table.values) };
  });
}
