import { ForbiddenError, NotFoundError } from "../../errors.ts";
import { expect, expectText } from "../../expect.ts";
import { isSegment } from "../../path-segment.ts";
import { refuse } from "../../refuse.ts";
import type { CallOptions, Session } from "../../session/contract.ts";
import { expectOptions } from "./call-options.ts";
import { expectKnown } from "./expect-known.ts";
import { type Named, oneNamed } from "./one-named.ts";
import { type DomainReference, expectReference, idOf } from "./reference.ts";

/** Options of `find()`. */
export interface FindOptions extends CallOptions {
  /** The domain to look in. Default: every domain that the token may see. */
  readonly domain?: DomainReference | undefined;
}

/** How a resource is looked for. */
export interface Finder<T> {
  /** What is looked for, for the error. */
  readonly what: string;
  /** Whether its names are those of a domain. */
  readonly inDomain?: boolean;
  get(id: string, options: CallOptions): Promise<T>;
  named(name: string, options: CallOptions, domain_id?: string): PromiseLike<readonly T[]>;
}

/** What to look for: a name or an id, as people write it, or a reference. */
export type Wanted =
  | string
  | { readonly id: string }
  | { readonly name: string; readonly domain?: DomainReference | undefined };

/**
 * Finds what a person means by a name or an id: an id takes precedence.
 *
 * @throws {OptionsError} for no name, or a domain without an id.
 * @throws {NotFoundError} if nothing has that id or name.
 * @throws {ConflictError} if several have that name; it lists their ids.
 */
export async function find<T extends Named>(
  session: Session,
  { what, inDomain = false, get, named }: Finder<T>,
  wanted: Wanted,
  options?: FindOptions | null,
): Promise<T> {
  expectOptions(options, inDomain ? ["domain"] : []);
  const { signal, domain: given } = options ?? {};
  const { id, name, domain = given } = partsOf(wanted);
  if (domain !== undefined) {
    refuse(!inDomain, "nameOrId.domain", "must not be given: these names belong to no domain");
    expectReference(domain, "domain", "domain");
  }
  try {
    // Some names can't be in a path; such a name is not an id.
    if (isSegment(id)) return await get(id, { signal });
  } catch (error) {
    // Whoever may not see it gets a 403, even if it does not exist.
    const maybeName = error instanceof NotFoundError || error instanceof ForbiddenError;
    if (!maybeName || name === undefined) throw error;
  }
  expectText(name, "nameOrId");
  const domainId =
    domain === undefined ? undefined : await idOf(session, "domain", domain, "domain", { signal });
  const all = await named(name, { signal }, domainId);
  return oneNamed({ what, name, mayBeId: id !== undefined }, all);
}

/** What is meant by its id, by its name, or by either. */
function partsOf(wanted: Wanted): {
  id?: string;
  name?: string;
  domain?: DomainReference | undefined;
} {
  if (typeof wanted === "string") {
    expectText(wanted, "nameOrId");
    return { id: wanted, name: wanted };
  }
  const isObject = typeof wanted === "object" && wanted !== null;
  expect(isObject, "nameOrId", "a name, an id, { id } or { name }");
  // Of a record the id is what counts.
  if ("id" in wanted && wanted.id !== undefined) return { id: wanted.id };
  expectKnown(wanted, ["id", "name", "domain"], "nameOrId");
  return wanted;
}
