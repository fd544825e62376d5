export type { AccessRule, AccessRuleQuery } from "./access-rules.ts";
export * as accessRules from "./access-rules.ts";
export type {
  ApplicationCredential,
  ApplicationCredentialCreate,
  ApplicationCredentialCreated,
  ApplicationCredentialQuery,
  NewAccessRule,
  RotateOptions,
} from "./application-credentials.ts";
export * as applicationCredentials from "./application-credentials.ts";
export type { CatalogEndpointRecord, CatalogServiceRecord, SystemScope } from "./auth.ts";
export * as auth from "./auth.ts";
export type {
  Credential,
  CredentialCreate,
  CredentialQuery,
  CredentialUpdate,
} from "./credentials.ts";
export * as credentials from "./credentials.ts";
export type { DomainConfig, DomainConfigPart, SecurityCompliance } from "./domain-configs.ts";
export * as domainConfigs from "./domain-configs.ts";
export type { Domain, DomainCreate, DomainQuery, DomainUpdate } from "./domains.ts";
export * as domains from "./domains.ts";
export type { Ec2Credential, Ec2CredentialCreate } from "./ec2-credentials.ts";
export * as ec2Credentials from "./ec2-credentials.ts";
export type { EndpointFilter, EndpointOrGroup } from "./endpoint-filters.ts";
export * as endpointFilters from "./endpoint-filters.ts";
export type {
  EndpointGroup,
  EndpointGroupCreate,
  EndpointGroupQuery,
  EndpointGroupUpdate,
} from "./endpoint-groups.ts";
export * as endpointGroups from "./endpoint-groups.ts";
export type { Endpoint, EndpointCreate, EndpointQuery, EndpointUpdate } from "./endpoints.ts";
export * as endpoints from "./endpoints.ts";
export type { Group, GroupCreate, GroupQuery, GroupUpdate, GroupUserQuery } from "./groups.ts";
export * as groups from "./groups.ts";
export type {
  IdentityProvider,
  IdentityProviderCreate,
  IdentityProviderQuery,
  IdentityProviderUpdate,
} from "./identity-providers.ts";
export * as identityProviders from "./identity-providers.ts";
export type { ImpliedRole, InferredRole, RoleInference } from "./implied-roles.ts";
export * as impliedRoles from "./implied-roles.ts";
export type { Limit, LimitCreate, LimitModel, LimitQuery, LimitUpdate } from "./limits.ts";
export * as limits from "./limits.ts";
export type { Mapping, MappingCreate, MappingRule, MappingUpdate } from "./mappings.ts";
export * as mappings from "./mappings.ts";
export type { OAuth1AccessToken, OAuth1AccessTokenRole } from "./oauth1-access-tokens.ts";
export * as oauth1AccessTokens from "./oauth1-access-tokens.ts";
export type {
  OAuth1Consumer,
  OAuth1ConsumerCreate,
  OAuth1ConsumerCreated,
  OAuth1ConsumerUpdate,
} from "./oauth1-consumers.ts";
export * as oauth1Consumers from "./oauth1-consumers.ts";
export type { Policy, PolicyCreate, PolicyQuery, PolicyUpdate, PolicyUse } from "./policies.ts";
export * as policies from "./policies.ts";
export type {
  Project,
  ProjectCreate,
  ProjectGetOptions,
  ProjectQuery,
  ProjectTree,
  ProjectUpdate,
  ProjectWith,
} from "./projects.ts";
export * as projects from "./projects.ts";
export type { Protocol, ProtocolCreate, ProtocolUpdate } from "./protocols.ts";
export * as protocols from "./protocols.ts";
export type { ResourceOptions } from "./records/resource-options.ts";
export type { Region, RegionCreate, RegionQuery, RegionUpdate } from "./regions.ts";
export * as regions from "./regions.ts";
export type {
  RegisteredLimit,
  RegisteredLimitCreate,
  RegisteredLimitQuery,
  RegisteredLimitUpdate,
} from "./registered-limits.ts";
export * as registeredLimits from "./registered-limits.ts";
export type { RevocationEvent, RevocationEventQuery } from "./revocation-events.ts";
export * as revocationEvents from "./revocation-events.ts";
export type { Assigned, RoleAssignment, RoleAssignmentQuery } from "./role-assignments.ts";
export * as roleAssignments from "./role-assignments.ts";
export type {
  Grant,
  Grantee,
  GrantQuery,
  Role,
  RoleCreate,
  RoleQuery,
  RoleUpdate,
} from "./roles.ts";
export * as roles from "./roles.ts";
export type {
  ServiceProvider,
  ServiceProviderCreate,
  ServiceProviderQuery,
  ServiceProviderUpdate,
} from "./service-providers.ts";
export * as serviceProviders from "./service-providers.ts";
export type { Service, ServiceCreate, ServiceQuery, ServiceUpdate } from "./services.ts";
export * as services from "./services.ts";
export type { Open } from "./shared/attributes.ts";
export type { DeleteOptions, PasscodeOptions } from "./shared/call-options.ts";
export type { Inexact, Paging } from "./shared/filters.ts";
export type { FindOptions, Wanted } from "./shared/find.ts";
export type { Listing, Records } from "./shared/listing.ts";
export type { DomainReference, Reference, RoleReference } from "./shared/reference.ts";
export type { HandedRole } from "./shared/role-list.ts";
export type { Trust, TrustCreate, TrustQuery, TrustRole } from "./trusts.ts";
export * as trusts from "./trusts.ts";
export type {
  User,
  UserCreate,
  UserGroupQuery,
  UserOptions,
  UserProjectQuery,
  UserQuery,
  UserUpdate,
} from "./users.ts";
export * as users from "./users.ts";
