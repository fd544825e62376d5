import { looseObject, optional, unknown } from "valibot";
import { refuse } from "../refuse.ts";
import type { CallOptions, Session } from "../session/contract.ts";
import { type Endpoint, endpointKind } from "./records/endpoint.ts";
import type { Open } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import { expectKnown } from "./shared/expect-known.ts";
import { expectObject, expectOne } from "./shared/expect-object.ts";
import type { Filters } from "./shared/filters.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { act, erase, holds, save, show } from "./shared/requests.ts";
import { id, text } from "./shared/shapes.ts";

/** A policy, as the API has it: rules that a service may ask for. */
export interface Policy {
  readonly id: string;
  /** The media type of `blob`. */
  readonly type: string;
  /** A string with any content; some servers return an object. */
  readonly blob?: unknown;
  readonly [attribute: string]: unknown;
}

/** The attributes of a new policy; unknown ones are kept, too. */
export type PolicyCreate = Open<{
  readonly type: string;
  readonly blob: string;
}>;

/** The attributes of a policy that can be changed. */
export type PolicyUpdate = Partial<PolicyCreate>;

/** Which policies to list. */
export interface PolicyQuery {
  readonly type?: string | undefined;
}

const filters: Filters<PolicyQuery> = Object.freeze({ type: "plain" });

/** What a policy is for: ids. */
export type PolicyUse =
  | {
      readonly policy: string;
      readonly endpoint: string;
      readonly service?: undefined;
      readonly region?: undefined;
    }
  | {
      readonly policy: string;
      readonly endpoint?: undefined;
      readonly service: string;
      /** Default: every region that has no policy of its own. */
      readonly region?: string | undefined;
    };

const kind: Kind<Policy> = {
  one: "policy",
  many: "policies",
  schema: looseObject({ id, type: text, blob: optional(unknown()) }),
};

/**
 * Lists policies.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-policies
 * @example
 * const all = await policies.list(session, { type: "application/json" });
 */
export function list(
  session: Session,
  query?: PolicyQuery,
  options?: CallOptions,
): Listing<Policy> {
  return listing(session, { kind, path: path`policies`, query, filters, options });
}

/**
 * Gets a policy by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-policy-details
 * @example
 * const policy = await policies.get(session, id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Policy> {
  return show(session, kind, path`policies/${id}`, options);
}

/**
 * Creates a policy.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-policy
 * @example
 * const { id } = await policies.create(session, { type: "application/json", blob: "{}" });
 */
export async function create(
  session: Session,
  policy: PolicyCreate,
  options?: CallOptions,
): Promise<Policy> {
  return save(session, "post", kind, path`policies`, policy, options);
}

/**
 * Changes attributes of a policy, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-policy
 * @example
 * await policies.update(session, id, { blob: JSON.stringify({ "backup:list": "role:reader" }) });
 */
export async function update(
  session: Session,
  id: string,
  changes: PolicyUpdate,
  options?: CallOptions,
): Promise<Policy> {
  return save(session, "patch", kind, path`policies/${id}`, changes, options);
}

/**
 * Deletes a policy.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-policy
 * @example
 * await policies.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`policies/${id}`, options);
}

/**
 * Associates a policy with an endpoint, a service, or a service in one region, in place of the one
 * that it had.
 *
 * @throws {OptionsError} unless there is one of `endpoint` and `service`.
 * @throws {NotFoundError} if there is no such policy, endpoint, service or region.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#associate-policy-and-endpoint
 * @example
 * await policies.assign(session, { policy, service, region: "RegionOne" });
 */
export async function assign(
  session: Session,
  use: PolicyUse,
  options?: CallOptions,
): Promise<void> {
  return act(session, place(use), options, { method: "put" });
}

/**
 * Undoes `assign()`.
 *
 * @throws {OptionsError} as `assign()`.
 * @throws {NotFoundError} if there was no such association.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-a-policy-and-endpoint-association
 * @example
 * await policies.unassign(session, { policy, endpoint });
 */
export async function unassign(
  session: Session,
  use: PolicyUse,
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, place(use), options);
}

/**
 * Whether a policy is associated with an endpoint, a service, or a service in one region.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#verify-a-policy-and-endpoint-association
 * @example
 * const so = await policies.check(session, { policy, endpoint });
 */
export async function check(
  session: Session,
  use: PolicyUse,
  options?: CallOptions,
): Promise<boolean> {
  return holds(session, place(use), options);
}

/**
 * Lists the endpoints to which a policy applies, by whichever association.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-policy-and-service-endpoint-associations
 * @example
 * for (const { url } of await policies.endpoints(session, policy)) console.log(url);
 */
export function endpoints(session: Session, id: string, options?: CallOptions): Listing<Endpoint> {
  return listing(session, {
    kind: endpointKind,
    path: path`policies/${id}/OS-ENDPOINT-POLICY/endpoints`,
    options,
  });
}

/**
 * Gets the policy that an endpoint has: its own, its service's in its region or in one above it,
 * or its service's.
 *
 * @throws {NotFoundError} if it has none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#show-the-effective-policy-associated-with-an-endpoint
 * @example
 * const { blob } = await policies.ofEndpoint(session, endpoint);
 */
export async function ofEndpoint(
  session: Session,
  endpoint: string,
  options?: CallOptions,
): Promise<Policy> {
  return show(session, kind, path`endpoints/${endpoint}/OS-ENDPOINT-POLICY/policy`, options);
}

function place(use: PolicyUse): string {
  expectKnown(expectObject(use, "use"), ["policy", "endpoint", "service", "region"], "use");
  const { policy, endpoint, service, region } = use;
  expectOne("use", { endpoint, service });
  refuse(region !== undefined && service === undefined, "region", "requires service");
  if (endpoint !== undefined)
    return path`policies/${policy}/OS-ENDPOINT-POLICY/endpoints/${endpoint}`;
  const whole = path`policies/${policy}/OS-ENDPOINT-POLICY/services/${service}`;
  return region === undefined ? whole : whole + path`/regions/${region}`;
}

export { remove as delete };
