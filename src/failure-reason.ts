import type { TransportReason } from "./error-details.ts";

/** The words and codes by which runtimes say why there is no reply; the first that fits counts. */
const reasons: readonly (readonly [TransportReason, RegExp])[] = [
  ["dns", /ENOTFOUND|EAI_AGAIN|dns error|DNS lookup/i],
  ["refused", /ECONNREFUSED|connection ?refused|unable to connect/i],
  ["offline", /ENETUNREACH|EHOSTUNREACH|network is unreachable|no route to host/i],
  ["timeout", /ETIMEDOUT|timeout|timed out/i],
  ["tls", /CERT|UNABLE_TO_VERIFY|SSL|TLS|EPROTO|certificate|InvalidContentType|handshake/],
  ["reset", /ECONNRESET|UND_ERR_SOCKET|HPE_|connection closed|reset by peer/i],
];

/** Why there is no reply, from what a runtime says of it; undefined if it does not tell. */
export function reasonOf(said: string): TransportReason | undefined {
  // Deno and Bun repeat the address, which may have any word in it.
  const words = said.replace(/\b[a-z]+:\/\/[^\s)'"]+/gi, "");
  return reasons.find(([, pattern]) => pattern.test(words))?.[0];
}
