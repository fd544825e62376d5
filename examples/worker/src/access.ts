/**
 * Whether a request shows the token that callers were given. Its hash is compared, and to the end, so
 * that the time it takes tells nothing about it.
 */
export async function mayEnter(request: Request, token: string | undefined): Promise<boolean> {
  // Without one nobody may: a Worker that was half set up must not be open to all.
  if (!token) return false;
  const [, given = ""] = /^Bearer (\S+)$/i.exec(request.headers.get("Authorization") ?? "") ?? [];
  const [wanted, shown] = await Promise.all([digest(token), digest(given)]);
  return wanted.reduce((difference, byte, i) => difference | (byte ^ (shown[i] ?? 0)), 0) === 0;
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
