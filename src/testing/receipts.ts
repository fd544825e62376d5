import { Problem, unauthorized } from "./problem.ts";
import { randomToken } from "./random.ts";
import type { Call } from "./router.ts";
import { tokenTime, wholeSecond } from "./times.ts";
import { type Entity, text, type World } from "./world.ts";

/** Milliseconds that a receipt is good for. */
const receiptLife = 300_000;

/** The methods that a receipt in the request's headers stands for. */
export function receiptMethods({ world, headers }: Call, user: Entity): readonly string[] {
  const id = headers.get("Openstack-Auth-Receipt");
  if (!id) return [];
  const receipt = world.receipts.get(id);
  if (!receipt || receipt.user !== user.id || receipt.expiresAt <= world.now()) {
    throw unauthorized(`Could not find auth receipt: ${id}.`);
  }
  return receipt.methods;
}

/**
 * @throws {Problem} the 401 with a receipt, if the user's rules ask for more methods.
 */
export function assertMethodsSuffice(world: World, user: Entity, used: readonly string[]): void {
  const rules = rulesOf(user);
  if (rules.length === 0) return;
  if (rules.some((rule) => rule.every((name) => used.includes(name)))) return;
  const methods = [...new Set(used)];
  const id = randomToken();
  const issuedAt = wholeSecond(world.now());
  const expiresAt = issuedAt + receiptLife;
  world.receipts.set(id, { user: user.id, methods, expiresAt });
  const domain = world.domains.get(text(user, "domain_id"));
  const body = {
    receipt: {
      methods,
      user: { id: user.id, name: user.name, domain: { id: domain?.id, name: domain?.name } },
      expires_at: tokenTime(expiresAt),
      issued_at: tokenTime(issuedAt),
    },
    required_auth_methods: rules.filter((rule) => rule.some((name) => methods.includes(name))),
  };
  throw new Problem(401, "Insufficient auth methods", body, { "Openstack-Auth-Receipt": id });
}

function rulesOf({ options }: Entity): readonly (readonly string[])[] {
  if (typeof options !== "object" || options === null) return [];
  const { multi_factor_auth_rules, multi_factor_auth_enabled } = options as Record<string, unknown>;
  return multi_factor_auth_enabled !== false && Array.isArray(multi_factor_auth_rules)
    ? multi_factor_auth_rules
    : [];
}
