import { expectSession } from "../../expect.ts";
import type { Session } from "../../session/contract.ts";
import { expectOptions } from "./call-options.ts";
import { expectQuery } from "./filters.ts";
import type { Found, ListRequest } from "./list-request.ts";
import { walk } from "./walk.ts";

/** All records of a list. */
export type Records<T> = T[] & {
  /** Whether the server capped the list: an operator's limit, on a list without pages. */
  readonly truncated: boolean;
  /** What the server sent that isn't such a record, because it has no id. Usually empty. */
  readonly skipped: readonly unknown[];
};

/**
 * A list that is fetched only when it is used: `await` it for all records, or iterate with `for
 * await`, page by page; leaving the loop stops fetching. Only a wrong id, filter or option throws at
 * once, an OptionsError.
 */
export interface Listing<T> extends Promise<Records<T>>, AsyncIterable<T> {
  /** Known once the list is complete: whether the server capped it. */
  readonly truncated: boolean;
  /** Known once the list is complete: what the server sent that is not such a record. */
  readonly skipped: readonly unknown[];
}

/** A list of the API, complete: in pages where the server has them. */
export function listing<T>(session: Session, request: ListRequest<T>): Listing<T> {
  const { query = {}, filters = {}, options, more } = request;
  // A mistake in the query throws at once, not only when the list is awaited.
  expectSession(session);
  expectOptions(options, more);
  expectQuery(query, filters);
  let found: Found = { truncated: false, skipped: [] };
  let all: Promise<Records<T>> | undefined;
  function iterate(): AsyncGenerator<T, void, undefined> {
    found = { truncated: false, skipped: [] };
    const pages = walk(session, { ...request, query, filters }, found);
    return recordsOf(pages, options?.signal);
  }
  async function collect(): Promise<Records<T>> {
    const records: T[] = [];
    const own = { truncated: false, skipped: [] };
    found = own;
    for await (const page of walk(session, { ...request, query, filters }, own)) {
      for (const record of page) records.push(record);
    }
    const { truncated, skipped } = own;
    return Object.defineProperties(records, {
      truncated: { value: truncated },
      skipped: { value: skipped },
    }) as Records<T>;
  }
  const promise = () => {
    all ??= collect();
    return all;
  };
  return {
    // biome-ignore lint/suspicious/noThenProperty: it is meant to be awaited
    then: (resolve, reject) => promise().then(resolve, reject),
    catch: (reject) => promise().catch(reject),
    finally: (done) => promise().finally(done),
    [Symbol.toStringTag]: "Listing",
    [Symbol.asyncIterator]: iterate,
    get truncated() {
      return found.truncated;
    },
    get skipped() {
      return found.skipped;
    },
  };
}

/** The records of all pages, one after the other. */
async function* recordsOf<T>(
  pages: AsyncIterable<readonly T[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  for await (const page of pages) {
    for (const record of page) {
      yield record;
      // The rest of a page needs no request that would hear of it.
      if (signal?.aborted) throw signal.reason;
    }
  }
}
