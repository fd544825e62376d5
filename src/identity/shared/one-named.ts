import { ConflictError, NotFoundError } from "../../errors.ts";

interface Named {
  readonly id: string;
  readonly name?: string | null | undefined;
}

/**
 * Picks the one that is meant from those that a server found by a name.
 *
 * @param what what is looked for, for the error
 * @throws {NotFoundError} if there is none.
 * @throws {ConflictError} if there are several; it lists their ids.
 */
export function oneNamed<T extends Named>(what: string, name: string, all: readonly T[]): T {
  // Some databases ignore case.
  const same = all.filter((one) => one.name === name);
  const [found, ...others] = same.length > 0 ? same : all;
  if (!found) throw new NotFoundError(`No ${what} has the id or the name ${name}`);
  if (others.length > 0) {
    const ids = [found, ...others].map(({ id }) => id).join(", ");
    throw new ConflictError(`More than one ${what} is named ${name}: ${ids}. Give the id`);
  }
  return found;
}
