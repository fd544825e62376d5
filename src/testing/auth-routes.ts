import { catalogOf } from "./catalog.ts";
import { listReply } from "./crud.ts";
import { domains, projects, show } from "./kinds.ts";
import { login } from "./login.ts";
import { admin, anyone, reader } from "./policies.ts";
import { forbidden, notFound, unauthorized } from "./problem.ts";
import { rolesOf } from "./roles-of.ts";
import { type AuthorizedCall, type Call, guarded, open, type Reply, type Route } from "./router.ts";
import { hasRole, tokenDocument, validToken } from "./tokens.ts";
import { projectsWithRole } from "./users.ts";
import type { Issued } from "./world.ts";

const tokens = "/v3/auth/tokens";

export const authRoutes: readonly Route[] = [
  open("POST", tokens, login),
  open("GET", tokens, validate),
  open("DELETE", tokens, revoke),
  guarded("GET", "/v3/auth/projects", "get_auth_projects", anyone, (call) =>
    listReply(
      call,
      "projects",
      projectsWithRole(call.world, call.token.user).map((one) => show(call.world, projects, one)),
    ),
  ),
  guarded("GET", "/v3/auth/domains", "get_auth_domains", anyone, (call) =>
    listReply(
      call,
      "domains",
      [...call.world.domains.values()]
        .filter(({ id, enabled }) => enabled === true && has(call, { domain: id }))
        .map((one) => show(call.world, domains, one)),
    ),
  ),
  guarded("GET", "/v3/auth/system", "get_auth_system", anyone, (call) => ({
    status: 200,
    body: {
      system: has(call, { system: true }) ? [{ all: true }] : [],
      links: { self: `${call.world.root}/v3/auth/system` },
    },
  })),
  guarded("GET", "/v3/auth/catalog", "get_auth_catalog", anyone, catalog),
];

const has = ({ world, token }: AuthorizedCall, place: Issued["place"]): boolean =>
  rolesOf(world, token.user, place).length > 0;

function catalog({ world, token }: AuthorizedCall): Reply {
  const { project } = token.place;
  if (!project) throw forbidden();
  const links = { self: `${world.root}/v3/auth/catalog` };
  return { status: 200, body: { catalog: catalogOf(world, token.user, project), links } };
}

/** The token that a request is about, for its own user, an administrator or a service. */
function subject(call: Call, action: string, allowExpired = false): Issued {
  const { world, token, headers } = call;
  if (!token) throw unauthorized();
  const id = headers.get("X-Subject-Token") ?? "";
  const mayRead = action === "revoke_token" ? admin : reader;
  if (!id && !mayRead({ ...call, token })) throw forbidden(`identity:${action}`);
  const issued = validToken(world, id, allowExpired);
  const isOthers = issued.user !== token.user && !hasRole(world, token, "service");
  if (isOthers && !mayRead({ ...call, token })) throw forbidden(`identity:${action}`);
  return issued;
}

function validate(call: Call): Reply {
  const { world, query, headers, method } = call;
  const allowExpired = /^(1|t|true|on|y|yes)$/i.test(query.get("allow_expired") ?? "");
  const action = method === "HEAD" ? "check_token" : "validate_token";
  const issued = subject(call, action, allowExpired);
  const credential = world.application_credentials.get(issued.credential ?? "");
  if (credential?.access_rules && headers.get("OpenStack-Identity-Access-Rules") !== "1.0") {
    throw notFound("Failed to validate token");
  }
  return {
    status: 200,
    body: { token: tokenDocument(world, issued, !query.has("nocatalog")) },
    headers: { "X-Subject-Token": issued.id },
  };
}

/** Ends only that token: those obtained with it live on. */
function revoke(call: Call): Reply {
  const issued = subject(call, "revoke_token");
  call.world.revoked.add(issued.id);
  return { status: 204 };
}
