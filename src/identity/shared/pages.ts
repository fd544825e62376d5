import { KeystoneError } from "../../errors.ts";
import type { Found } from "./list-request.ts";
import { matches } from "./matches.ts";
import type { Part } from "./read-many.ts";

/** Asks for a part of a list. */
export type Ask<T> = (query: object) => Promise<Part<T>>;

interface Paged<T> {
  readonly ask: Ask<T>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The names of the filters that can be left to us. */
  readonly here: readonly string[];
  /** Whether the server pages it. */
  readonly paged: boolean;
  readonly found: Found;
}

/** How many records a page has, where the caller names no `limit`. */
const pageSize = 500;

/** Where Keystone silently cuts a list without a limit, unless its operator chose otherwise. */
const silentCap = 1000;

const statusOf = (error: unknown) => (error instanceof KeystoneError ? error.status : undefined);

/** What identifies a record; empty for one without an id, such as a role assignment. */
function idOf(record: unknown): string {
  const isObject = typeof record === "object" && record !== null;
  return isObject && "id" in record ? String(record.id) : "";
}

/**
 * Page by page, from the id of the last record on. Servers before 2025.1 have no pages and send
 * everything at once. Some newer ones send the first page forever (LDAP), refuse a `limit` (2025.1.0)
 * or a filter, have lost the record that the marker names, or filter a page after cutting it, so that
 * it may be empty. A filter that a server refuses, or applies too late, is left out and applied here.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#pagination
 */
export async function* pages<T>({
  ask,
  query: { limit = pageSize, marker, ...query },
  here,
  paged,
  found,
}: Paged<T>): AsyncGenerator<readonly T[], void, undefined> {
  const seen = new Set<string>();
  let markers: readonly unknown[] = marker === undefined ? [] : [marker];
  /** What the server is asked for, without the filters that turned out to be left to us. */
  let asked: Readonly<Record<string, unknown>> = query;

  const isLeftToUs = () => asked !== query;
  const canBeLeftToUs = () => here.length > 0 && !isLeftToUs();
  const leaveToUs = () => {
    const rest = Object.entries(query).filter(([name]) => !here.includes(name));
    asked = Object.fromEntries(rest);
  };
  /** Those that were not there before, and are asked for. */
  function fresh(records: readonly T[]): readonly T[] {
    // As they come: within one answer a server may well repeat an id.
    const others = records.filter((record) => !seen.has(idOf(record)));
    for (const record of others) if (idOf(record) !== "") seen.add(idOf(record));
    return isLeftToUs() ? others.filter((record) => matches(record, query, here)) : others;
  }

  /** A page; undefined where the server can't do pages. */
  async function next([last, ...before]: readonly unknown[]): Promise<Part<T> | undefined> {
    try {
      return await ask({ limit, ...asked, marker: last });
    } catch (error) {
      const status = statusOf(error);
      if (status === 404 && before.length > 0) return next(before);
      if (status === (last === undefined ? 400 : 404)) return undefined;
      throw error;
    }
  }

  /** True at the end of the list; false where pages lead no further. */
  async function* allPages(): AsyncGenerator<readonly T[], boolean, undefined> {
    for (;;) {
      const page = await next(markers);
      const ids = page?.records.map(idOf) ?? [];
      if (!page || (ids[0] && seen.has(ids[0]))) return false;
      yield fresh(page.records);
      if (page.more && ids.length > 0) {
        markers = ids.slice(-3).reverse();
      } else if (page.truncated && ids.length === 0 && canBeLeftToUs()) {
        // Nothing on this page matched; there may be more behind it.
        leaveToUs();
      } else {
        found.truncated = page.truncated || page.more;
        return true;
      }
    }
  }

  /** The list at once; undefined where the server refuses it with a filter that can be left to us. */
  async function atOnce(): Promise<Part<T> | undefined> {
    try {
      return await ask(asked);
    } catch (error) {
      if (statusOf(error) === 400 && canBeLeftToUs()) return undefined;
      throw error;
    }
  }

  if (paged && (yield* allPages())) return;
  let whole = await atOnce();
  if (!whole) {
    leaveToUs();
    if (paged && (yield* allPages())) return;
    whole = await ask(asked);
  }
  found.truncated = whole.truncated || (paged && whole.records.length === silentCap);
  yield fresh(whole.records);
}
