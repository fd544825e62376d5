import { expecting, forbidden, Problem, problem, unauthorized } from "./problem.ts";
import { tokenInUse } from "./tokens.ts";
import type { Issued, World } from "./world.ts";

/** A request on its way to the route that answers it. */
export interface Call {
  readonly world: World;
  readonly method: string;
  /** Below the root, as in `/v3/users`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The query as it was sent. */
  readonly search: string;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
  /** What the path has in place of the route's `{names}`. */
  readonly params: Readonly<Record<string, string>>;
  /** The good token that came with it. */
  readonly token: Issued | undefined;
}

/** A call of a route that asks for a token. */
export interface AuthorizedCall extends Call {
  readonly token: Issued;
}

export interface Reply {
  readonly status: number;
  /** Absent: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Whether a token may do it. */
export type Policy = (call: AuthorizedCall) => boolean;

export interface Route {
  readonly method: string;
  /** As in `/v3/users/{user_id}`. */
  readonly path: string;
  /** The rule's name in Keystone's policy, for the 403. */
  readonly action?: string | undefined;
  readonly reply: (call: Call) => Reply | Promise<Reply>;
}

/** A route that anybody may call. */
export const open = (method: string, path: string, reply: Route["reply"]): Route => ({
  method,
  path,
  reply,
});

/** A route for callers whose token is good, and whom the policy allows. */
export function guarded(
  method: string,
  path: string,
  action: string,
  policy: Policy,
  reply: (call: AuthorizedCall) => Reply,
): Route {
  return {
    method,
    path,
    action,
    reply(call) {
      const { token } = call;
      if (!token) throw unauthorized();
      const authorized = { ...call, token };
      if (!policy(authorized)) throw forbidden(`identity:${action}`);
      return reply(authorized);
    },
  };
}

/** The answer of the matching route. */
export async function dispatch(
  world: World,
  routes: readonly Route[],
  request: Request,
): Promise<Reply> {
  const url = new URL(request.url);
  const path = below(world.root, url);
  const fitting = routes.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params ? [{ route, params }] : [];
  });
  // What answers GET answers HEAD, too.
  const wanted = request.method === "HEAD" ? "GET" : request.method;
  const match = fitting.find(({ route }) => route.method === wanted);
  if (!match) throw noRoute(request.method, path, fitting);
  const body = await readBody(request);
  const token = tokenInUse(world, request.headers.get("X-Auth-Token"));
  const { method, headers } = request;
  const { params, route } = match;
  const { searchParams: query, search } = url;
  return route.reply({ world, method, path, query, search, headers, body, params, token });
}

/** The path below the root, without a slash at its end. */
function below(root: string, { pathname }: URL): string {
  const prefix = new URL(root).pathname.replace(/\/$/, "");
  return pathname.slice(prefix.length).replace(/\/$/, "") || "/";
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? "";
    if (part.startsWith("{")) params[part.slice(1, -1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function noRoute(method: string, path: string, fitting: readonly { route: Route }[]): Problem {
  if (fitting.length === 0) {
    return problem(501, `${method} ${path} is not in the test Keystone.`);
  }
  const message = "The method is not allowed for the requested URL.";
  const allow = [...new Set(fitting.map(({ route }) => route.method))].join(", ");
  return new Problem(405, message, { message }, { Allow: allow });
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  if (!text) return {};
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^application\/json(;|$)/.test(type)) {
    throw expecting("application/json", "Content-Type header");
  }
  const body = parse(text);
  if (!body || typeof body !== "object" || Array.isArray(body)) {
    throw expecting("valid JSON", "request body");
  }
  return body as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
