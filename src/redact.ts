/** The secrets of a request's JSON body. */
export function secretsIn(body: unknown): string[] {
  const secrets: string[] = [];
  try {
    JSON.parse(`${body}`, (key, value) => {
      const secret = key === "token" ? Object(value).id : /pass|secret|blob/.test(key) && value;
      // A number too: a password may be one by mistake.
      if (typeof secret === "string" || typeof secret === "number") secrets.push(`${secret}`);
      return value;
    });
  } catch {
    // Not JSON: nothing of ours.
  }
  return secrets;
}

/** Takes secrets out of a server's words: these, and whatever looks like a Fernet or JWS token. */
export function redact(text: string, secrets: readonly (string | null)[]): string {
  let clean = text.replace(/gAAAA[\w=-]{20,}|eyJ[\w-]{9,500}\.[\w.-]+/g, hidden);
  for (const secret of secrets) {
    if (!secret) continue;
    // Also as it stands in JSON, and its words: what has more than letters may be encoded in any way.
    const forms = [
      JSON.stringify(secret).slice(1, -1),
      secret,
      ...(secret.match(/[\w-]{4,}/g) ?? []),
    ];
    for (const form of forms) clean = clean.replaceAll(form, hidden);
  }
  return clean;
}

const hidden = "[redacted]";
