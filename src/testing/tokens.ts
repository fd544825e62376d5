import { catalogOf } from "./catalog.ts";
import { missing, notFound, type Problem } from "./problem.ts";
import { randomAuditId, randomToken } from "./random.ts";
import { rolesOf } from "./roles-of.ts";
import { tokenTime, wholeSecond } from "./times.ts";
import { type Issued, text, type World } from "./world.ts";

/** Seconds for which `allow_expired` still accepts a token. */
const expiredWindow = 172_800;

interface TokenWish extends Pick<Issued, "user" | "methods" | "place" | "credential"> {
  /** Milliseconds: a token that is obtained with another ends with it. */
  readonly expiresAt?: number | undefined;
  /** The audit id of the first token of the chain. */
  readonly chain?: string | undefined;
}

export function issueToken(world: World, wish: TokenWish): Issued {
  const { user, methods, place, credential, chain } = wish;
  const issuedAt = wholeSecond(world.now());
  const issued: Issued = {
    id: randomToken(),
    user,
    methods: [...new Set(methods)],
    auditIds: chain === undefined ? [randomAuditId()] : [randomAuditId(), chain],
    issuedAt,
    expiresAt: wish.expiresAt ?? issuedAt + world.tokenLife * 1000,
    place,
    credential,
  };
  world.tokens.set(issued.id, issued);
  return issued;
}

/**
 * The token of that id, if it is good.
 *
 * @throws {Problem} the 404 by which Keystone says that it isn't.
 */
export function validToken(world: World, id: string, allowExpired = false): Issued {
  if (!id) throw notFound("No token in the request");
  const issued = world.tokens.get(id);
  if (!issued) throw notFound("Could not recognize Fernet token");
  const problem = whyInvalid(world, issued, allowExpired);
  if (problem) throw problem;
  return issued;
}

/** The same for the token with which a request is made: undefined if it is not good. */
export function tokenInUse(world: World, id: string | null): Issued | undefined {
  const issued = world.tokens.get(id ?? "");
  return issued && !whyInvalid(world, issued, false) ? issued : undefined;
}

function whyInvalid(world: World, issued: Issued, allowExpired: boolean): Problem | undefined {
  const { id, user, place, credential } = issued;
  const end = issued.expiresAt + (allowExpired ? expiredWindow * 1000 : 0);
  const owner = world.users.get(user);
  if (world.revoked.has(id) || world.now() >= end || owner?.enabled !== true) {
    return notFound("Failed to validate token");
  }
  if (credential !== undefined && !world.application_credentials.has(credential)) {
    return missing("Application Credential", credential);
  }
  const home = text(owner, "domain_id");
  const project = world.projects.get(place.project ?? "");
  const domain = place.domain ?? text(project, "domain_id");
  for (const one of [home, domain]) {
    if (one && world.domains.get(one)?.enabled !== true) return disabled("domain", one);
  }
  if (place.project && project?.enabled !== true) return disabled("project", place.project);
  const isScoped = place.project || place.domain || place.system;
  if (isScoped && tokenRoles(world, issued).length === 0) {
    return notFound(`Could not find token: ${id}.`);
  }
  return undefined;
}

const disabled = (what: string, id: string): Problem =>
  notFound(`Unable to validate token because ${what} ${id} is disabled`);

/** The roles that the token gives now, as the token's document has them. */
export function tokenRoles(
  world: World,
  { user, place, credential }: Issued,
): { readonly id: string; readonly name: unknown }[] {
  const all = rolesOf(world, user, place);
  const wanted = world.application_credentials.get(credential ?? "")?.roles;
  const some = Array.isArray(wanted) ? wanted.map(({ id }: { id: string }) => id) : all;
  return all
    .filter((id) => some.includes(id))
    .map((id) => ({ id, name: world.roles.get(id)?.name }));
}

/** Whether the token has a role of that name. */
export const hasRole = (world: World, issued: Issued, name: string): boolean =>
  rolesOf(world, issued.user, issued.place).some((id) => world.roles.get(id)?.name === name);

/** The token as POST and GET /v3/auth/tokens show it. */
export function tokenDocument(world: World, issued: Issued, withCatalog: boolean): object {
  const { user, place, methods, auditIds, issuedAt, expiresAt } = issued;
  const owner = world.users.get(user);
  const isScoped = place.project || place.domain || place.system;
  return {
    methods,
    user: {
      domain: named(world.domains.get(text(owner, "domain_id"))),
      ...named(owner),
      password_expires_at: owner?.password_expires_at ?? null,
    },
    audit_ids: auditIds,
    expires_at: tokenTime(expiresAt),
    issued_at: tokenTime(issuedAt),
    ...placeDocument(world, issued),
    ...(isScoped && { roles: tokenRoles(world, issued) }),
    ...(isScoped && withCatalog && { catalog: catalogOf(world, user, place.project) }),
    ...credentialDocument(world, issued.credential),
  };
}

function placeDocument(world: World, { place }: Issued): object {
  if (place.system) return { system: { all: true } };
  if (place.domain) return { domain: named(world.domains.get(place.domain)) };
  const project = world.projects.get(place.project ?? "");
  if (!project) return {};
  const domain = named(world.domains.get(text(project, "domain_id")));
  return { project: { domain, ...named(project) }, is_domain: project.is_domain === true };
}

function credentialDocument(world: World, id: string | undefined): object {
  const credential = world.application_credentials.get(id ?? "");
  if (!credential) return {};
  const { name, unrestricted, access_rules } = credential;
  return {
    application_credential: {
      id,
      name,
      restricted: unrestricted !== true,
      ...(Array.isArray(access_rules) && { access_rules }),
    },
  };
}

const named = (entity: { id: string; name?: unknown } | undefined): object => ({
  id: entity?.id,
  name: entity?.name,
});

/** Ends all tokens that a user has now. */
export function revokeTokensOf(world: World, user: string): void {
  for (const issued of world.tokens.values()) {
    if (issued.user === user) world.revoked.add(issued.id);
  }
}
