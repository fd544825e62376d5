export type { Tenant, V2Options } from "./options.ts";
export { type PasswordV2, passwordV2 } from "./password-v2.ts";
export { tokenV2 } from "./token-v2.ts";
