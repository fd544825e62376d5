import { KeystoneError } from "../../errors.ts";
import type { Ask } from "./pages.ts";

/**
 * The one domain that a token for a domain may list: its own. Keystone leaves out the others only
 * after cutting the page, which may not have its own; by name, it finds it.
 */
export async function* ownDomain<T>(
  ask: Ask<T>,
  query: Readonly<Record<string, unknown>>,
  { id, name }: { readonly id: string; readonly name: string },
): AsyncGenerator<readonly T[], void, undefined> {
  const first = await ask({ ...query, id }).catch((error) => {
    // A release that refuses filters that it does not know.
    if (error instanceof KeystoneError && error.status === 400) return ask(query);
    throw error;
  });
  const { records, truncated } = first;
  if (records.length > 0 || !truncated) yield records;
  else yield (await ask({ name, ...query })).records;
}
