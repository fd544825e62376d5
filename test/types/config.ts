/** What `keystone-fetch/config` takes and gives. */
import { createSession, type Session, type SessionOptions } from "keystone-fetch";
import {
  type CloudsOptions,
  fromClouds,
  fromEnv,
  type IgnoredSetting,
} from "keystone-fetch/config";
import { vendors } from "keystone-fetch/config/vendors";
import { type Equals, is } from "./assert.ts";

// The variables of any runtime, and the bindings of a Worker, among which are other things.
interface Bindings {
  readonly OS_AUTH_URL: string;
  readonly TOKENS: { get(key: string): Promise<string | null> };
}
declare const bindings: Bindings;
declare const variables: Record<string, string | undefined>;
export const sessions: readonly Session[] = [
  createSession(fromEnv(variables)),
  createSession(fromEnv(bindings)),
  createSession({ ...fromClouds(JSON.parse("{}"), "devstack"), expiryMargin: 60 }),
];
is<Equals<ReturnType<typeof fromEnv>, SessionOptions>>();
is<Equals<ReturnType<typeof fromClouds>, SessionOptions>>();
// What is configured for one service is beside what every session takes.
export const options: SessionOptions = fromEnv(variables);
export const region: string | undefined = fromEnv(variables).services?.compute?.region;
is<Equals<keyof CloudsOptions, "secure" | "profiles" | "region" | "ignored">>();
fromClouds({}, "devstack", { secure: undefined, profiles: {}, region: "RegionOne" });
fromClouds({}, "mine", { profiles: vendors, ignored: ({ name, reason }) => `${name}: ${reason}` });
fromEnv(variables, { ignored: (setting: IgnoredSetting) => console.warn(setting.name) });
export const address: string | undefined = vendors["public-clouds"].ovh?.auth?.auth_url;
// @ts-expect-error: no text is read, only what a parser made of it
fromEnv("OS_AUTH_URL=https://keystone.example");
// @ts-expect-error: which cloud?
fromClouds({});
// @ts-expect-error: no such option
fromClouds({}, "devstack", { interface: "admin" });
