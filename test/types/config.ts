/** What `keystone-fetch/config` takes and gives. */
import { createSession, type Session, type SessionOptions } from "keystone-fetch";
import { type CloudsOptions, fromClouds, fromEnv } from "keystone-fetch/config";
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
is<Equals<keyof CloudsOptions, "secure" | "profiles" | "region">>();
fromClouds({}, "devstack", { secure: undefined, profiles: {}, region: "RegionOne" });
// @ts-expect-error: no text is read, only what a parser made of it
fromEnv("OS_AUTH_URL=https://keystone.example");
// @ts-expect-error: which cloud?
fromClouds({});
// @ts-expect-error: no such option
fromClouds({}, "devstack", { interface: "admin" });
