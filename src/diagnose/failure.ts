import { reasonOf } from "../failure-reason.ts";
import type { DiagnosisCode } from "./diagnosis.ts";

/** Why there is no answer, as far as the runtime reports it. */
export type Unreachable = Extract<
  DiagnosisCode,
  "offline" | "dns" | "refused" | "tls" | "reset" | "timeout" | "unreachable" | "blocked"
>;

/** The words of a runtime that may not send the request. */
const blocked = /NotCapable|PermissionDenied|bad port|are blocked/;

/** Reads the error of a failed fetch. Pages learn nothing from theirs, and workerd's say little. */
export function readFailure(error: unknown): Unreachable {
  const below = error instanceof Error ? error.cause : undefined;
  const said = [...wordsOf(error), ...wordsOf(below)].join(" ");
  if (blocked.test(said)) return "blocked";
  const reason = reasonOf(said);
  return reason === undefined || reason === "redirect" ? "unreachable" : reason;
}

function wordsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const code = "code" in error ? String(error.code) : "";
  return [error.name, code, error.message];
}
