/** Faults of the connection: an answer that doesn't come, comes in part, or comes late. */
import { empty } from "./reply.mjs";

/** @type {Record<string, import("./faults.mjs").Fault>} */
export const connections = {
  reset: () => ({ ...empty(0), ending: "reset" }),
  "reset-body": (_, good) => ({ ...good(), ending: "cut" }),
  garbled: (_, good) => ({ ...good(), ending: "garbled" }),
  "slow-headers": () => ({ ...empty(0), ending: "silent" }),
  "slow-body": (_, good) => ({ ...good(), ending: "stalled" }),
  /** Good, but only after a while: enough time for a second caller, or for an abort. */
  late: (_, good) => ({ ...good(), delay: 300 }),
};
