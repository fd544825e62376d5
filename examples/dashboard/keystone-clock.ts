/** Keystone's time, by which tokens expire, since this device's clock may be wrong. */
import type { Token } from "keystone-fetch";

/** Milliseconds by which this device is ahead of Keystone. */
let ahead = 0;

/** Compares the clocks by a token that has just been issued; returns that token. */
export function setByToken(token: Token): Token {
  ahead = Date.now() - token.issuedAt.getTime();
  return token;
}

export const keystoneNow = (): number => Date.now() - ahead;
