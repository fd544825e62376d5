import { attributesIn } from "./kinds.ts";
import { expecting, forbidden, missing, problem, unauthorized } from "./problem.ts";
import { validToken } from "./tokens.ts";
import { type Entity, findEntity, type Issued, text, type World } from "./world.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** What a method proves. */
export interface Proof {
  readonly user: Entity;
  /** The methods of the token that was given. */
  readonly methods?: readonly string[];
  readonly parent?: Issued;
  readonly credential?: Entity;
}

export const supported = ["external", "password", "token", "application_credential", "totp"];

/** Checks what was given for a method. */
export const methods: Readonly<Record<string, (world: World, given: Attributes) => Proof>> = {
  password(world, given) {
    const wanted = attributesIn(given, "user");
    const user = lookUpUser(world, wanted);
    const { password, passwordExpired } = world.secrets.get(user.id) ?? {};
    if (password === undefined || password !== wanted.password) throw unauthorized();
    assertEnabled(world, user);
    if (passwordExpired) {
      throw unauthorized(`The password is expired and needs to be changed for user: ${user.id}.`);
    }
    return { user };
  },

  totp(world, given) {
    const wanted = attributesIn(given, "user");
    const user = lookUpUser(world, wanted);
    const { passcode } = world.secrets.get(user.id) ?? {};
    if (passcode === undefined || passcode !== wanted.passcode) throw unauthorized();
    assertEnabled(world, user);
    return { user };
  },

  token(world, given) {
    if (!("id" in given)) throw expecting("id", "token");
    const parent = validToken(world, String(given.id));
    if (parent.credential) {
      throw forbidden("Using a delegated token to create another token is not allowed.");
    }
    const user = world.users.get(parent.user);
    if (!user) throw unauthorized();
    return { user, parent, methods: parent.methods };
  },

  application_credential(world, given) {
    const credential = lookUpCredential(world, given);
    const secret = world.credentialSecrets.get(credential.id);
    const user = world.users.get(text(credential, "user_id"));
    if (!user || given.secret !== secret) throw unauthorized();
    const end = text(credential, "expires_at");
    if (end && Date.parse(`${end}Z`) <= world.now()) throw unauthorized();
    assertEnabled(world, user);
    return { user, credential };
  },
};

/** Keystone does not say what it does not know: 401. */
export function lookUpDomain(world: World, wanted: Attributes): Entity {
  const { id, name } = wanted;
  const domain = name
    ? findEntity(world.domains.values(), { name })
    : world.domains.get(String(id));
  if (domain?.enabled !== true) throw unauthorized();
  return domain;
}

function lookUpUser(world: World, wanted: Attributes): Entity {
  const { id, name } = wanted;
  if (id === undefined && name === undefined) throw expecting("id or name", "user");
  if (name === undefined) {
    const user = world.users.get(String(id));
    if (!user) throw unauthorized();
    return user;
  }
  if (!("domain" in wanted)) throw expecting("domain", "user");
  const domain_id = lookUpDomain(world, attributesIn(wanted, "domain")).id;
  const user = findEntity(world.users.values(), { name, domain_id });
  if (!user) throw unauthorized();
  return user;
}

/** An unknown id is a 404, an unknown name a 401. */
export function lookUpCredential(world: World, wanted: Attributes): Entity {
  const { id, name } = wanted;
  if (id !== undefined) {
    const credential = world.application_credentials.get(String(id));
    if (!credential) throw missing("Application Credential", String(id));
    return credential;
  }
  if (!name) throw expecting("name or ID", "application credential");
  if (!("user" in wanted)) throw expecting("user", "application credential");
  const user_id = lookUpUser(world, attributesIn(wanted, "user")).id;
  const credential = findEntity(world.application_credentials.values(), { name, user_id });
  if (!credential) throw unauthorized();
  return credential;
}

function assertEnabled(world: World, user: Entity): void {
  const domain = world.domains.get(text(user, "domain_id"));
  if (user.enabled !== true || domain?.enabled !== true) throw unauthorized();
}

/** 401, with the methods that Keystone supports: the only way to ask for them. */
export const unsupported = (): Error =>
  problem(401, "Attempted to authenticate with an unsupported method.", {
    identity: { methods: supported },
  });
