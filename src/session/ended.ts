import { isRecord } from "../is-record.ts";
import { projectOf, type Token } from "../token.ts";
import type { OutgoingRequest } from "../transport/request.ts";
import { wordsOf } from "../transport/server-words.ts";
import { within } from "../within.ts";

const lost = /Could not find (user|project|domain|trust|application credential): ([\w-]+)/i;

/** Milliseconds that the reading of a 404 may take: whoever asked waits for it. */
const patience = 10_000;

/**
 * Whether a 404 means that what the token rests on was deleted: some releases then answer every request
 * that way. If the request itself was for that id, it proves nothing.
 */
export async function tellsOfTokensEnd(
  response: Response,
  request: OutgoingRequest,
  token: Token,
): Promise<boolean> {
  const { status, headers } = response;
  if (status !== 404 || !/json/.test(headers.get("Content-Type") ?? "")) return false;
  const document: unknown = await within(patience, () => response.clone().json());
  const [, what = "", id = ""] = lost.exec(wordsOf(document) ?? "") ?? [];
  return id !== "" && idsOf(token)[what.toLowerCase()] === id && !isAskedFor(id, request);
}

/** What a token rests on. */
function idsOf(token: Token): Readonly<Record<string, unknown>> {
  const { user, scope, extra } = token;
  const credential = extra.application_credential;
  return {
    user: user.id,
    project: projectOf(token)?.id,
    domain: scope.domain?.id,
    trust: scope.trust?.id,
    "application credential": isRecord(credential) ? credential.id : undefined,
  };
}

function isAskedFor(id: string, { url, body }: OutgoingRequest): boolean {
  const text = body instanceof ArrayBuffer ? new TextDecoder().decode(body) : body;
  return url.includes(id) || (typeof text === "string" && text.includes(id));
}
