import { lookUpCredential, methods, type Proof, supported, unsupported } from "./auth-methods.ts";
import { assertMayRescope, defaultPlace, readScope } from "./auth-scope.ts";
import { attributesIn } from "./kinds.ts";
import { badRequest, expecting, problem, unauthorized } from "./problem.ts";
import { assertMethodsSuffice, receiptMethods } from "./receipts.ts";
import { rolesOf } from "./roles-of.ts";
import type { Call, Reply } from "./router.ts";
import { issueToken, tokenDocument } from "./tokens.ts";
import { type Issued, type Place, text, type World } from "./world.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** POST /v3/auth/tokens */
export function login(call: Call): Reply {
  const { world, body, query } = call;
  if (!("auth" in body)) throw expecting("auth", "request body");
  const auth = attributesIn(body, "auth");
  validate(auth);
  const identity = attributesIn(auth, "identity");
  const names = identity.methods as readonly string[];
  for (const name of names) if (!(name in identity)) throw expecting(name, "identity");
  for (const name of names) if (!supported.includes(name)) throw unsupported();
  const place = placeOf(world, auth, identity, names);
  const issued = authenticate(call, identity, names, place);
  return {
    status: 201,
    body: { token: tokenDocument(world, issued, !query.has("nocatalog")) },
    headers: { "X-Subject-Token": issued.id },
  };
}

/** @throws {Problem} 400 for a body that is not a login. */
function validate(auth: Attributes): void {
  if (!("identity" in auth)) throw badRequest("'identity' is a required property");
  const { methods: names } = attributesIn(auth, "identity");
  if (names === undefined) throw badRequest("'methods' is a required property");
  if (!Array.isArray(names)) throw badRequest("Invalid input for field 'identity/methods'");
  if (names.length === 0) throw unauthorized();
}

/** An application credential has a scope of its own, and takes no other. */
function placeOf(
  world: World,
  auth: Attributes,
  identity: Attributes,
  names: readonly string[],
): Place | undefined {
  if (!names.includes("application_credential")) return readScope(world, auth.scope);
  if ("scope" in auth) {
    const message = "Application credentials cannot request a scope.";
    throw problem(401, `Error authenticating with application credential: ${message}`, {
      identity: {},
    });
  }
  const given = attributesIn(identity, "application_credential");
  const project = text(lookUpCredential(world, given), "project_id");
  return project ? { project } : {};
}

function authenticate(
  call: Call,
  identity: Attributes,
  names: readonly string[],
  wanted: Place | undefined,
): Issued {
  const { world } = call;
  const proofs = names.flatMap(
    (name) => methods[name]?.(world, attributesIn(identity, name)) ?? [],
  );
  const [first] = proofs;
  if (!first || proofs.some(({ user }) => user.id !== first.user.id)) throw unauthorized();
  const { user } = first;
  const parent = find(proofs, "parent");
  if (parent) assertMayRescope(parent, wanted);
  const place = wanted ?? defaultPlace(world, user);
  const used = [
    ...names,
    ...proofs.flatMap((proof) => proof.methods ?? []),
    ...receiptMethods(call, user),
  ];
  assertMethodsSuffice(world, user, used);
  const isScoped = place.project || place.domain || place.system;
  if (isScoped && rolesOf(world, user.id, place).length === 0) throw unauthorized();
  const credential = find(proofs, "credential");
  return issueToken(world, {
    user: user.id,
    methods: used,
    place,
    credential: credential?.id,
    expiresAt: parent?.expiresAt ?? endOf(world, text(credential, "expires_at")),
    chain: parent?.auditIds.at(-1),
  });
}

const find = <K extends "parent" | "credential">(
  proofs: readonly Proof[],
  name: K,
): Proof[K] | undefined => proofs.find((proof) => proof[name])?.[name];

/** A token lives no longer than the application credential with which it was obtained. */
function endOf(world: World, end: string): number | undefined {
  if (!end) return undefined;
  return Math.min(Date.parse(`${end}Z`), world.now() + world.tokenLife * 1000);
}
