/**
 * Busy servers that say how long to wait, in each form: `429-seconds`, `503-date` and so on. A page
 * may read this, except for the plain 429 and 503 (statuses.mjs), which are as from a proxy.
 */
import { exposed } from "./cors.mjs";
import { json } from "./reply.mjs";

/** @type {Record<string, () => string | undefined>} */
const waits = {
  seconds: () => "1",
  /** In two seconds; since dates have no fractions, that is one to two seconds from now. */
  date: () => new Date(Date.now() + 2000).toUTCString(),
  zero: () => "0",
  past: () => new Date(Date.now() - 86_400_000).toUTCString(),
  /** Long, but still accepted. */
  while: () => "9",
  hour: () => "3600",
  odd: () => "soon",
  none: () => undefined,
};

/** @type {Record<string, import("./faults.mjs").Fault>} */
export const busy = Object.fromEntries(
  [429, 503].flatMap((status) =>
    Object.entries(waits).map(([how, wait]) => [
      `${status}-${how}`,
      () => {
        const after = wait();
        return {
          ...json(status, { message: "Busy" }, after === undefined ? {} : { "Retry-After": after }),
          expose: [...exposed, "Retry-After"],
        };
      },
    ]),
  ),
);
