export { type CloudsOptions, fromClouds } from "./from-clouds.ts";
export { fromEnv } from "./from-env.ts";
export type { ConfigOptions, IgnoredSetting } from "./ignored.ts";
