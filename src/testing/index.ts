export type { TestKeystoneControls, TestScope, TestSessionOptions, UserName } from "./controls.ts";
export { createTestKeystone, type TestKeystone } from "./create-test-keystone.ts";
export type { FaultFilter, FaultOptions } from "./faults.ts";
export type {
  ServiceHandler,
  TestDomain,
  TestEndpoint,
  TestGrant,
  TestKeystoneOptions,
  TestProject,
  TestService,
  TestUser,
} from "./options.ts";
export type { TestRequest } from "./request-log.ts";
export type { TestToken } from "./test-token.ts";
