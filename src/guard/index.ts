export type { AccessRuleOptions } from "./access-rules.ts";
export {
  createGuard,
  type Guard,
  type GuardedHandler,
  type GuardOptions,
  type ProtectedHandler,
} from "./guard.ts";
export { identityHeaders, withoutIdentityHeaders } from "./identity-headers.ts";
export type { IncomingRequest } from "./incoming-request.ts";
