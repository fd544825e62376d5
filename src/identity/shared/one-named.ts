import { ConflictError, NotFoundError } from "../../errors.ts";

export interface Named {
  readonly id: string;
  readonly name?: string | null | undefined;
}

/** What was looked for. */
interface Search {
  /** The kind of resource, for the error. */
  readonly what: string;
  readonly name: string;
  /** Whether the name was tried as an id, too. */
  readonly mayBeId?: boolean;
}

/**
 * Picks the one that is meant from those that a server found by a name.
 *
 * @throws {NotFoundError} if there is none.
 * @throws {ConflictError} if there are several; it lists their ids.
 */
export function oneNamed<T extends Named>(
  { what, name, mayBeId = false }: Search,
  all: readonly T[],
): T {
  // Some databases ignore case.
  const same = all.filter((one) => one.name === name);
  const [found, ...others] = same.length > 0 ? same : all;
  if (!found) {
    const missing = mayBeId ? "has the id or the name" : "is named";
    throw new NotFoundError(`No ${what} ${missing} "${name}"`);
  }
  if (others.length > 0) {
    const ids = [found, ...others].map(({ id }) => id).join(", ");
    throw new ConflictError(`More than one ${what} is named "${name}": ${ids}. Give the id`);
  }
  return found;
}
