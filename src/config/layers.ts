import type { Setting } from "./settings.ts";
import { isEmpty, type Table, tableOf } from "./table.ts";

/** What a profile, a cloud, a secure.yaml or a region sets, and where. */
export interface Layer {
  readonly path: string;
  readonly table: Table;
}

/** The setting of that name in the last layer where it is not empty. */
export function findSetting(layers: readonly Layer[], name: string): Setting | undefined {
  return layers
    .flatMap(({ table, path }) => settingsOf(table, path))
    .findLast((setting) => setting.name === name && !isEmpty(setting.value));
}

/** What is read on its own, and is not a session's setting. */
const parts = new Set(["auth", "cloud", "profile", "regions", "message", "status"]);

/** For a project, a domain and a token, what is beside `auth` takes precedence over what is in it. */
const besideFirst =
  /^((user_|project_)?domain_(id|name)|(project|tenant)_(id|name)|token|auth_token)$/;

/**
 * The settings of these layers: of several with the same name, the last counts. What is in `auth`
 * takes precedence over what is beside it, except for a few names: all as in openstacksdk.
 */
export function settingsOfLayers(layers: readonly Layer[]): Setting[] {
  const beside = layers
    .flatMap(({ table, path }) => settingsOf(table, path))
    .filter(({ name }) => !parts.has(name));
  const inAuth = layers.flatMap(({ table, path }) => settingsOf(table.auth, `${path}.auth`));
  return [...beside, ...inAuth, ...beside.filter(({ name }) => besideFirst.test(name))];
}

/** The settings of a table: `user-domain-id` is another spelling of `user_domain_id`. */
function settingsOf(table: unknown, path: string): Setting[] {
  return Object.entries(tableOf(table)).map(([key, value]) => ({
    name: key.replaceAll("-", "_"),
    value,
    place: `${path}.${key}`,
  }));
}
