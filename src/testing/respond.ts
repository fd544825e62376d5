import { Problem } from "./problem.ts";
import { randomRequestId } from "./random.ts";
import type { Reply } from "./router.ts";

/** A reply with the headers that every answer of Keystone has. */
export function respond(reply: Reply, method: string, root: string): Response {
  const { status, body } = reply;
  const headers = new Headers({
    Vary: "X-Auth-Token",
    "X-Openstack-Request-Id": randomRequestId(),
    ...reply.headers,
  });
  if (status !== 204 && !headers.has("Content-Type"))
    headers.set("Content-Type", "application/json");
  if (status === 401 && !headers.has("Openstack-Auth-Receipt")) {
    headers.set("WWW-Authenticate", `Keystone uri="${root}/v3"`);
  }
  const isEmpty = body === undefined || method === "HEAD";
  return new Response(isEmpty ? null : JSON.stringify(body), { status, headers });
}

/** The answer of a thrown problem; anything else is thrown again. */
export function replyOf(error: unknown): Reply {
  if (!(error instanceof Problem)) throw error;
  const { status, body, headers } = error;
  return { status, body, headers };
}
