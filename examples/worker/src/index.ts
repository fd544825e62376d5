import { mayEnter } from "./access.ts";
import type { Env } from "./env.ts";
import { problem, problemOf } from "./problem.ts";
import { proxied, proxy } from "./proxy.ts";
import { openSession } from "./session.ts";

export { TokenVault } from "keystone-fetch/stores";

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    try {
      if (!(await mayEnter(request, env.ACCESS_TOKEN))) {
        const headers = { "WWW-Authenticate": "Bearer" };
        return problem(401, "Unauthenticated", "Show the access token of this Worker", headers);
      }
      return await route(request, env);
    } catch (error) {
      return problemOf(error);
    }
  },
};

async function route(request: Request, env: Env): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const [, first, type, ...rest] = pathname.split("/");
  if (first === proxied) return proxy(request, openSession(env));
  const known = rest.length === 0 && (first === "catalog" ? type : type === undefined);
  if (!known || !/^(me|projects|catalog)$/.test(first ?? "")) {
    return problem(404, "NotFound", "This Worker has /me, /projects, /catalog/TYPE and a service");
  }
  if (request.method !== "GET") {
    return problem(405, "MethodNotAllowed", "Only GET", { Allow: "GET" });
  }
  const session = openSession(env);
  if (first === "projects") return json({ projects: await session.projects() });
  if (type) {
    const region = searchParams.get("region");
    const endpoint = await session.endpoint({ type, ...(region && { region }) });
    return json({ endpoint });
  }
  const { user, scope, roles, expiresAt } = await session.token();
  return json({ user, scope, roles, expiresAt });
}

/** Not to be cached on the way: it is about one caller's cloud. */
function json(body: object): Response {
  return Response.json(body, { headers: { "Cache-Control": "no-store" } });
}
