import { ConflictError, ForbiddenError, NotFoundError } from "../errors.ts";
import { expectText } from "../expect.ts";
import { isSegment } from "./path.ts";

/** What tells things of one name apart. */
export interface FindOptions {
  /** The id of the domain to look in. Default: every domain that the token may see. */
  readonly domain?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Named {
  readonly id: string;
  readonly name?: string | null | undefined;
}

/**
 * What a person means by a name or an id: an id goes before a name.
 *
 * @param what what is looked for, for the error
 * @throws {OptionsError} for no name, or a domain without an id.
 * @throws {NotFoundError} if nothing has that id or name.
 * @throws {ConflictError} if several have that name; it lists their ids.
 */
export async function find<T extends Named>(
  what: string,
  nameOrId: string,
  get: (id: string) => Promise<T>,
  named: (name: string) => PromiseLike<readonly T[]>,
  domain?: string,
): Promise<T> {
  expectText(nameOrId, "nameOrId");
  // Nothing in it would mean every domain.
  if (domain !== undefined) expectText(domain, "domain");
  try {
    // A name can be what no path may hold; then it is no id.
    if (isSegment(nameOrId)) return await get(nameOrId);
  } catch (error) {
    // Who may not see a thing is told 403, also where there is no such thing.
    if (!(error instanceof NotFoundError || error instanceof ForbiddenError)) throw error;
  }
  const all = await named(nameOrId);
  // Some databases ignore case.
  const same = all.filter(({ name }) => name === nameOrId);
  const [found, ...others] = same.length > 0 ? same : all;
  if (!found) throw new NotFoundError(`No ${what} has the id or the name ${nameOrId}`);
  if (others.length > 0) {
    const ids = [found, ...others].map(({ id }) => id).join(", ");
    throw new ConflictError(`Several have the ${what} name ${nameOrId}: ${ids}. Give an id`);
  }
  return found;
}
