/**
 * The SHA-256 hash of a key of any length, in 64 hexadecimal digits.
 *
 * @throws {TypeError} in a page without https, which has no WebCrypto.
 */
export async function digest(key: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
