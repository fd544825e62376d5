/**
 * Keystones with a fault, by name. `/<fault>/<tag>` has it at logins (POST /v3/auth/tokens) and is a
 * good Keystone otherwise. The name can say more:
 *
 *     503-once, 503-twice, reset-once …   strikes once or twice under a tag, then all is well
 *     503-later, half-later …             all is well once, then it strikes: at a renewal
 *     half@projects, 503@users …          strikes where a path ends with that word, not at the login
 *     html@all                            strikes everywhere
 */
import { bodies } from "./bodies.mjs";
import { connections } from "./connections.mjs";
import { echoing } from "./echoes.mjs";
import { heavy } from "./heavy.mjs";
import { keystone } from "./keystone.mjs";
import { mfa } from "./mfa.mjs";
import { redirects } from "./redirects.mjs";
import { statuses } from "./statuses.mjs";
import { busy } from "./waits.mjs";

/** @typedef {import("./answer.mjs").Call} Call */
/** @typedef {import("./reply.mjs").Reply} Reply */
/**
 * @typedef {(call: Call, good: () => Reply) => Reply} Fault `good` does what was asked, and gives
 * its reply
 */

/** @type {Record<string, Fault>} */
const faults = {
  ok: (_, good) => good(),
  mfa,
  ...bodies,
  ...connections,
  ...echoing,
  ...heavy,
  ...statuses,
  ...busy,
  ...redirects,
};

/**
 * From which request on, and until which, a fault strikes.
 * @type {Record<string, [number, number]>}
 */
const turns = { "-once": [0, 1], "-twice": [0, 2], "-later": [1, Number.POSITIVE_INFINITY] };

/** @param {Call} call @returns {Reply | undefined} undefined where no fault has that name */
export function faulty(call) {
  const [, name = "", times = "", where = ""] =
    /^(.+?)(-once|-twice|-later)?(?:@(.+))?$/.exec(call.fault) ?? [];
  const fault = faults[name];
  if (!fault) return undefined;
  /** @type {Reply | undefined} */
  let done;
  // What was requested is done once, however often a fault looks at it.
  const good = () => (done ??= keystone(call));
  const struck = call.state.faulted.get(call.fault) ?? 0;
  if (!strikes(call, where)) return good();
  call.state.faulted.set(call.fault, struck + 1);
  const [first, last] = turns[times] ?? [0, Number.POSITIVE_INFINITY];
  return struck >= first && struck < last ? fault(call, good) : good();
}

/** @param {Call} call @param {string} where */
function strikes({ method, path }, where) {
  if (where === "") return method === "POST" && path === "/v3/auth/tokens";
  return where === "all" || path.replace(/\/$/, "").endsWith(`/${where}`);
}
