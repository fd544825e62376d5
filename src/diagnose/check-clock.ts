import type { Answer } from "./ask.ts";
import { type Diagnosis, diagnosis } from "./diagnosis.ts";

/** Seconds by which two clocks may differ: beyond that, one-time passcodes begin to fail. */
const tolerance = 60;

/** Whether the server's clock is far from ours. Undefined if it is near, or can't be read. */
export function checkClock({ headers, sentAt, receivedAt }: Answer): Diagnosis | undefined {
  const date = Date.parse(headers.get("Date") ?? "");
  if (Number.isNaN(date)) return undefined;
  // A cache says for how many seconds it has had the answer.
  const age = Number(headers.get("Age")) || 0;
  // The server read its clock between these two, and left out the fraction of its second.
  const earliest = date / 1000 + age - receivedAt / 1000;
  const latest = date / 1000 + age + 1 - sentAt / 1000;
  if (earliest <= tolerance && latest >= -tolerance) return undefined;
  const clockOffset = Math.round((earliest + latest) / 2);
  const which = clockOffset > 0 ? "ahead of" : "behind";
  return diagnosis(
    "clock",
    `Keystone answers, but its clock is ${Math.abs(clockOffset)} seconds ${which} this machine's: one-time passcodes and signed requests fail, and times are shown wrongly. Synchronize both clocks by NTP.`,
    { clockOffset },
  );
}
