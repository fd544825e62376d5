import type { DiagnosisCode } from "./diagnosis.ts";

/** Why there is no answer, as far as the runtime reports it. */
export type Unreachable = Extract<
  DiagnosisCode,
  "offline" | "dns" | "refused" | "tls" | "dropped" | "timeout" | "unreachable" | "blocked"
>;

/**
 * The words of Node, Deno, Bun and workerd for each; the first that fits counts. Pages learn none of
 * this, and workerd says only that "the connection was lost".
 */
const words: readonly (readonly [Unreachable, RegExp])[] = [
  ["blocked", /NotCapable|PermissionDenied|bad port|are blocked/],
  ["dns", /ENOTFOUND|EAI_AGAIN|dns error|DNS lookup/i],
  ["refused", /ECONNREFUSED|connection ?refused/i],
  ["offline", /ENETUNREACH|ENETDOWN|EHOSTUNREACH|network is unreachable|no route to host/i],
  ["timeout", /ETIMEDOUT|_TIMEOUT|timed out/i],
  ["tls", /CERT|UNABLE_TO_VERIFY|SSL|TLS|EPROTO|certificate|InvalidContentType|handshake/],
  ["dropped", /ECONNRESET|UND_ERR_SOCKET|connection closed|reset by peer/i],
];

/** What the runtime says of a failed fetch, with the error below it, and without the host's name. */
export function wordsOf(error: unknown, host: string): string {
  const parts = [...partsOf(error), ...partsOf(error instanceof Error ? error.cause : undefined)];
  return parts.join(" ").replaceAll(host, "");
}

function partsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const code = "code" in error ? String(error.code) : "";
  return [error.name, code, error.message];
}

export function reasonOf(said: string): Unreachable {
  return words.find(([, pattern]) => pattern.test(said))?.[0] ?? "unreachable";
}
