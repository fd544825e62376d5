import type { ResponsePromise } from "ky";
import { looseObject, tupleWithRest } from "valibot";
import { NotFoundError, ResponseError } from "../../errors.ts";
import { expect } from "../../expect.ts";
import { pathSegment } from "../../path-segment.ts";
import type { CallOptions, Session } from "../../session/contract.ts";
import { discard } from "../../transport/guarded-fetch.ts";
import { read } from "../../wire/read.ts";
import { attributes } from "./attributes.ts";
import type { DeleteOptions } from "./call-options.ts";
import { expectObject } from "./expect-object.ts";
import type { Kind } from "./kind.ts";
import { noRetry, type Parts, readJson, send } from "./send.ts";

/**
 * Checks that an answer whose content does not matter is Keystone's: a proxy's page in its place means
 * that nothing was done, whatever its status.
 *
 * @throws {ResponseError} if the body is not JSON.
 */
export async function settle(reply: ResponsePromise): Promise<Readonly<Record<string, unknown>>> {
  const copy = (await reply).clone();
  try {
    const answer = read(looseObject({}), await reply.json(), "an answer");
    discard(copy);
    return answer;
  } catch (error) {
    // An empty body is no JSON, and all that is wanted.
    if (error instanceof ResponseError && (await copy.text()) === "") return {};
    throw error;
  }
}

/** For requests whose answers don't matter. */
export async function act(
  session: Session,
  path: string,
  options: CallOptions | undefined,
  parts: Parts,
): Promise<void> {
  await send(session, path, options, settle, parts);
}

/**
 * Deletes something. If the answer to one try was lost, the next try finds nothing, and counts as
 * done.
 *
 * @throws {OptionsError} for an option that it does not take.
 */
export async function erase(
  session: Session,
  path: string,
  options: DeleteOptions | undefined,
  { options: more = [], ...parts }: Parts = {},
): Promise<void> {
  let answers = 0;
  let mayBeDone = false;
  const note = ({ response, retryCount }: { response: Response; retryCount: number }) => {
    answers++;
    const tries = retryCount + 1;
    // A refusal has not done it; a gateway's failure, or no answer to a try, may have.
    if (response.status >= 500 || answers < tries) mayBeDone = true;
  };
  const missing = options?.missing ?? "error";
  expect(missing === "ok" || missing === "error", "options.missing", '"ok" or "error"');
  try {
    const hooks = { afterResponse: [note] };
    const all = { ...parts, hooks, method: "delete", options: ["missing", ...more] } as const;
    await send(session, path, options, settle, all);
  } catch (error) {
    const gone = error instanceof NotFoundError && (mayBeDone || missing === "ok");
    if (!gone) throw error;
  }
}

/** Whether something is so: otherwise the API answers 404. */
export async function holds(
  session: Session,
  path: string,
  options: CallOptions | undefined,
): Promise<boolean> {
  const throwHttpErrors = (status: number) => status !== 404;
  // GET, since Keystone's CORS lets no page send a HEAD.
  const isThere = async (reply: ResponsePromise) => {
    await settle(reply);
    return (await reply).ok;
  };
  return send(session, path, options, isThere, { throwHttpErrors });
}

/** Requests one thing, or whatever the parts say, and takes it out of its envelope. */
export async function show<T>(
  session: Session,
  { one, schema }: Pick<Kind<T>, "one" | "schema">,
  path: string,
  options: CallOptions | undefined,
  parts?: Parts,
): Promise<T> {
  const body = await send(session, path, options, readJson, parts);
  const document = read(looseObject({ [one]: schema }), body, `a reply with "${one}"`);
  return document[one] as T;
}

/** Creates or changes one thing: its attributes go into the envelope, and come out of it. */
export async function save<T>(
  session: Session,
  method: "post" | "put" | "patch",
  kind: Pick<Kind<T>, "one" | "schema">,
  path: string,
  thing: object,
  options: CallOptions | undefined,
  parts?: Parts,
): Promise<T> {
  const json = { [kind.one]: attributes(thing, kind.one) };
  const once = method === "put" ? noRetry : {};
  return show(session, kind, path, options, { method, ...once, ...parts, json });
}

/** Creates one thing under an id that the caller chose, and that goes into the address alone. */
export async function saveAs<T>(
  session: Session,
  kind: Pick<Kind<T>, "one" | "schema">,
  collection: string,
  thing: { readonly id: string },
  options: CallOptions | undefined,
): Promise<T> {
  const { id, ...rest } = expectObject(thing, kind.one);
  const path = `${collection}/${pathSegment(id, `${kind.one}.id`)}`;
  return save(session, "put", kind, path, rest, options);
}

/** Creates several things at once, in the envelope of many. */
export async function saveMany<T>(
  session: Session,
  { many, schema }: Kind<T>,
  path: string,
  things: readonly object[],
  options: CallOptions | undefined,
): Promise<[T, ...T[]]> {
  expect(Array.isArray(things), many, "a list");
  const json = { [many]: things.map((thing) => attributes(thing, many)) };
  const body = await send(session, path, options, readJson, { method: "post", json });
  const all = looseObject({ [many]: tupleWithRest([schema], schema) });
  return read(all, body, `a list of ${many}`)[many] as [T, ...T[]];
}
