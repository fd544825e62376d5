import { array, boolean, looseObject, nullish } from "valibot";
import { KeystoneError } from "../errors.ts";
import { expect } from "../expect.ts";
import type { CallOptions, Session } from "../session/session.ts";
import { read } from "../wire/read.ts";
import { given } from "./given.ts";
import { exact, passes, searchParams } from "./query.ts";
import { type Kind, send } from "./request.ts";

/** All records of a list. */
export type Records<T> = T[] & {
  /** Whether the server kept some back: an operator's limit, on a list without pages. */
  readonly truncated: boolean;
};

/**
 * A list to come: `await` it for all records, or `for await` over it for one at a time, page by
 * page. Nothing is asked before that; only a wrong id or filter in the call is an OptionsError at once.
 */
export interface Listing<T> extends Promise<Records<T>>, AsyncIterable<T> {
  /** Known at the end: whether the server kept some back. */
  readonly truncated: boolean;
}

/** What a list takes besides its filters. */
export interface ListOptions extends CallOptions {
  /** The names of filters that count as set by any value but 0. */
  readonly flags?: readonly string[];
}

/** A list of the API's, as it tells the truth: in pages where there are any. */
export function listing<T>(
  session: Session,
  kind: Kind<T>,
  path: string,
  query: object = {},
  options: ListOptions = {},
): Listing<T> {
  // What is wrong in it is told at once, and not when somebody awaits.
  const limit = searchParams(given(query, "query")).get("limit");
  expect(limit === null || /^[1-9]\d*$/.test(limit), "query.limit", "a whole number above 0");
  let truncated = false;
  let all: Promise<Records<T>> | undefined;
  async function* walk(): AsyncGenerator<T, void, undefined> {
    const cut = (now: boolean) => {
      truncated = now;
    };
    const ask = (filters: object) => page(session, kind, path, filters, options);
    for await (const record of kind.pages ? pages(ask, query, cut) : single(ask, query, cut)) {
      yield record;
      // The rest of a page needs no request that would hear of it.
      if (options.signal?.aborted) throw options.signal.reason;
    }
  }
  async function collect(): Promise<Records<T>> {
    const records: T[] = [];
    for await (const record of walk()) records.push(record);
    return Object.defineProperty(records, "truncated", { value: truncated }) as Records<T>;
  }
  const promise = () => {
    all ??= collect();
    return all;
  };
  return {
    // biome-ignore lint/suspicious/noThenProperty: to be awaited is what it is for
    then: (resolve, reject) => promise().then(resolve, reject),
    catch: (reject) => promise().catch(reject),
    finally: (done) => promise().finally(done),
    [Symbol.toStringTag]: "Listing",
    [Symbol.asyncIterator]: walk,
    get truncated() {
      return truncated;
    },
  };
}

/** A part of a list. */
interface Page<T> {
  readonly records: readonly T[];
  readonly truncated: boolean;
  /** Whether the server says that there is more. */
  readonly more: boolean;
}

type Ask<T> = (filters: object) => Promise<Page<T>>;

async function page<T>(
  session: Session,
  { many, schema }: Kind<T>,
  path: string,
  filters: object,
  { signal, flags }: ListOptions,
): Promise<Page<T>> {
  const params = searchParams(filters, flags);
  const body = await (await send(session, "get", path, { signal, searchParams: params })).json();
  const shape = looseObject({ [many]: array(schema), truncated: nullish(boolean()) });
  const document = read(shape, body, `a list of ${many}`);
  return {
    records: document[many] as T[],
    truncated: document.truncated === true,
    // Its address is often wrong, so nothing else of it counts.
    more: Boolean(Object(Object(body).links).next),
  };
}

async function* single<T>(
  ask: Ask<T>,
  query: object,
  cut: (truncated: boolean) => void,
): AsyncGenerator<T, void, undefined> {
  const { records, truncated } = await ask(query);
  cut(truncated);
  yield* records;
}

/** How many records a page has, where the caller names no `limit`. */
const pageSize = 500;

/** Where Keystone cuts a list without a limit in silence, if its operator did not say otherwise. */
const silentCap = 1000;

const idOf = (record: unknown): string => String(Object(record).id);

/**
 * Page by page, from the id of the last record on. Servers before 2025.1 know no pages and send all
 * at once. Of the newer some send the first page for ever (LDAP), refuse a `limit` (2025.1.0), have
 * lost the record that the marker names, or filter a page after it was cut, which then is empty.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#pagination
 */
async function* pages<T>(
  ask: Ask<T>,
  { limit, marker, ...query }: { limit?: number | null; marker?: string },
  cut: (truncated: boolean) => void,
): AsyncGenerator<T, void, undefined> {
  const seen = new Set<string>();
  let filters: object = query;
  let unfiltered = false;
  let markers = marker === undefined ? [] : [marker];

  /** Undefined where the server can't do pages. */
  async function next([last, ...before]: readonly string[]): Promise<Page<T> | undefined> {
    try {
      return await ask({ limit: limit || pageSize, ...filters, marker: last });
    } catch (error) {
      const { status } = error instanceof KeystoneError ? error : {};
      if (status === 404 && before.length > 0) return next(before);
      if (status === (last === undefined ? 400 : 404)) return undefined;
      throw error;
    }
  }

  for (;;) {
    const found = await next(markers);
    const ids = found?.records.map(idOf) ?? [];
    if (!found || seen.has(ids[0] ?? "")) break;
    for (const [index, record] of found.records.entries()) {
      seen.add(ids[index] ?? "");
      if (!unfiltered || passes(record, query)) yield record;
    }
    if (found.more && ids.length > 0) {
      markers = ids.slice(-3).reverse();
    } else if (found.truncated && ids.length === 0 && !unfiltered) {
      // Nothing on this page matched; there may be more behind it.
      filters = exact(query);
      unfiltered = true;
    } else {
      return cut(found.truncated && !found.more);
    }
  }
  const { records, truncated } = await ask(query);
  cut(truncated || records.length === silentCap);
  yield* records.filter((record) => !seen.has(idOf(record)));
}
