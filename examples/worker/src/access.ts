/**
 * Whether a request shows the token that callers were given. The hashes are compared to the end, so
 * that the time taken reveals nothing.
 */
export async function mayEnter(request: Request, token: string | undefined): Promise<boolean> {
  // Without a token nobody may: a half-configured Worker must not be open to all.
  if (!token) return false;
  const [, given = ""] = /^Bearer (\S+)$/i.exec(request.headers.get("Authorization") ?? "") ?? [];
  const [wanted, shown] = await Promise.all([digest(token), digest(given)]);
  return wanted.reduce((difference, byte, i) => difference | (byte ^ (shown[i] ?? 0)), 0) === 0;
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
