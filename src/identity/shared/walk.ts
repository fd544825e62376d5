import type { Session } from "../../session/contract.ts";
import { type AnyFilters, isReferenceKind } from "./filters.ts";
import type { Found, ListRequest } from "./list-request.ts";
import { comparable } from "./matches.ts";
import { ownDomain } from "./own-domain.ts";
import { type Ask, pages } from "./pages.ts";
import { type Part, readMany } from "./read-many.ts";
import { idOf } from "./reference.ts";
import { searchParams } from "./search-params.ts";
import { readJson, send } from "./send.ts";

type Request<T> = ListRequest<T> & { readonly query: object; readonly filters: AnyFilters };

/** The records of a list, page by page, each once. */
export async function* walk<T>(
  session: Session,
  request: Request<T>,
  found: Found,
): AsyncGenerator<readonly T[], void, undefined> {
  const { path, options, own, paged = false, filters } = request;
  const { signal } = options ?? {};
  const place = typeof path === "string" ? path : await path();
  const query = await withIds(session, request);
  const ask: Ask<T> = async (asked) => {
    const part = await askFor(session, request, place, asked);
    found.skipped = [...found.skipped, ...part.skipped];
    return part;
  };
  const domain = own === undefined ? undefined : await domainOf(session, signal);
  if (domain && own === "id") {
    yield* ownDomain(ask, query, domain);
  } else {
    const whole = domain ? { domain_id: domain.id, ...query } : query;
    yield* pages({ ask, query: whole, here: comparable(whole, filters), paged, found });
  }
}

async function askFor<T>(
  session: Session,
  { kind, options, filters, minTimeout = 0, more = [] }: Request<T>,
  path: string,
  query: object,
): Promise<Part<T>> {
  const parts = { searchParams: searchParams(query, filters), minTimeout, options: more };
  return readMany(kind, await send(session, path, options, readJson, parts));
}

/** The query with the ids of what it means by names; without what is not given. */
async function withIds<T>(
  session: Session,
  { query, filters, options }: Request<T>,
): Promise<Readonly<Record<string, unknown>>> {
  const whole: Record<string, unknown> = {};
  const { signal } = options ?? {};
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    const kind = filters[name];
    if (!isReferenceKind(kind)) whole[name] = value;
    else whole[name] = await idOf(session, kind, value, `query.${name}`, { signal });
  }
  return whole;
}

/** The domain that the token is for, if it is for one. */
async function domainOf(session: Session, signal: AbortSignal | undefined) {
  const { scope } = await session.token({ signal });
  return scope !== "unscoped" && "domain" in scope ? scope.domain : undefined;
}
