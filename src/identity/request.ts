import type { KyResponse } from "ky";
import { type GenericSchema, looseObject, tupleWithRest } from "valibot";
import { NotFoundError } from "../errors.ts";
import { expect } from "../expect.ts";
import type { CallOptions, Session } from "../session/session.ts";
import { read } from "../wire/read.ts";
import { assertAlive } from "./assert-alive.ts";
import { attributes, given } from "./given.ts";
import { segment } from "./path.ts";

/** What the API calls a thing, and what it must look like. */
export interface Kind<T> {
  /** The envelope of one, as in `{ "user": … }`. */
  readonly one: string;
  /** The envelope of many, as in `{ "users": […] }`. */
  readonly many: string;
  readonly schema: GenericSchema<unknown, T>;
  /** Whether the server pages its lists by a marker (Keystone 2025.1 and newer). */
  readonly pages?: boolean;
}

type Method = "get" | "post" | "put" | "patch" | "delete";

/** What else a request may carry. */
export interface Parts extends CallOptions {
  readonly json?: unknown;
  readonly searchParams?: URLSearchParams;
  readonly throwHttpErrors?: (status: number) => boolean;
  readonly retry?: number;
}

/** For what, sent again because its answer was lost, would find its own work in the way. */
export const once = { retry: 0 };

/** One request to the Identity API, at the address that the session itself uses. */
export async function send(
  session: Session,
  method: Method,
  path: string,
  { signal, ...parts }: Parts = {},
): Promise<KyResponse> {
  const keystone = await session.service("identity");
  try {
    return await keystone(path, { method, ...parts, signal: signal ?? null });
  } catch (error) {
    if (error instanceof NotFoundError) {
      assertAlive(
        session,
        error.message,
        JSON.stringify([path, `${parts.searchParams}`, parts.json]),
      );
    }
    throw error;
  }
}

/**
 * Looks that an answer of no use is Keystone's nonetheless: the page that a proxy puts in its place
 * has done nothing and tells nothing, whatever its status.
 *
 * @throws {ResponseError} for a body that is no JSON.
 */
export async function settle(response: KyResponse): Promise<object> {
  if (!(await response.clone().text())) return {};
  return read(looseObject({}), await response.json(), "an answer");
}

/** For what answers with nothing that is of use. */
export async function act(
  session: Session,
  method: Method,
  path: string,
  parts?: Parts,
): Promise<void> {
  await settle(await send(session, method, path, parts));
}

/** Whether something is so: the API answers 404 where it is not. */
export async function holds(
  session: Session,
  path: string,
  options?: CallOptions,
): Promise<boolean> {
  const throwHttpErrors = (status: number) => status !== 404;
  // GET, since Keystone's CORS lets no page send a HEAD.
  const response = await send(session, "get", path, { ...options, throwHttpErrors });
  const answer = await settle(response);
  if (!response.ok) assertAlive(session, JSON.stringify(answer), path);
  return response.ok;
}

/** Asks for one thing, and takes it out of its envelope. */
export async function show<T>(
  session: Session,
  { one, schema }: Pick<Kind<T>, "one" | "schema">,
  path: string,
  parts?: Parts,
  method: Method = "get",
): Promise<T> {
  const body = await (await send(session, method, path, parts)).json();
  const document = read(looseObject({ [one]: schema }), body, `a reply with "${one}"`);
  return document[one] as T;
}

/** Creates or changes one thing: its attributes go into the envelope, and come out of it. */
export function save<T>(
  session: Session,
  method: "post" | "put" | "patch",
  kind: Pick<Kind<T>, "one" | "schema">,
  path: string,
  thing: object,
  options?: CallOptions,
): Promise<T> {
  const parts = { ...options, json: { [kind.one]: attributes(thing, kind.one) } };
  return show(session, kind, path, method === "put" ? { ...parts, ...once } : parts, method);
}

/** Creates one thing under an id that the caller chose, and that goes into the address alone. */
export function saveAs<T>(
  session: Session,
  kind: Pick<Kind<T>, "one" | "schema">,
  collection: string,
  thing: { readonly id: string },
  options?: CallOptions,
): Promise<T> {
  const { id, ...rest } = given(thing, kind.one);
  const path = `${collection}/${segment(id, `${kind.one}.id`)}`;
  return save(session, "put", kind, path, rest, options);
}

/** Creates several things at once, in the envelope of many. */
export async function saveMany<T>(
  session: Session,
  { many, schema }: Kind<T>,
  path: string,
  things: readonly object[],
  options?: CallOptions,
): Promise<[T, ...T[]]> {
  expect(Array.isArray(things), many, "a list");
  const json = { [many]: things.map((thing) => given(thing, many)) };
  const response = await send(session, "post", path, { ...options, json });
  const shape = looseObject({ [many]: tupleWithRest([schema], schema) });
  return read(shape, await response.json(), `a list of ${many}`)[many] as [T, ...T[]];
}
