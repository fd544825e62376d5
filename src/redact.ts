/** Takes tokens, and every secret of the request's own body, out of a server's words. */
export function redact(text: string, requestBody: unknown): string {
  // Fernet and JWS tokens, which Keystone quotes in some of its messages.
  let clean = text.replace(/gAAAA[\w=-]{20,}|eyJ[\w-]+\.[\w.-]+/g, hidden);
  try {
    JSON.parse(String(requestBody), (key, value) => {
      const secret = key === "token" ? value.id : /pass|secret|blob/.test(key) && value;
      if (secret && typeof secret === "string") clean = clean.replaceAll(secret, hidden);
      return value;
    });
  } catch {
    // Not JSON: nothing of ours.
  }
  return clean;
}

const hidden = "[redacted]";
