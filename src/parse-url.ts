/** An address, whoever wrote it; undefined for what is none. */
export function parseUrl(text: unknown, base?: string): URL | undefined {
  try {
    return new URL(`${text}`, base);
  } catch {
    return undefined;
  }
}
