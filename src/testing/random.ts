function hex(bytes: number): string {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return [...values].map((value) => value.toString(16).padStart(2, "0")).join("");
}

function base64Url(bytes: number): string {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...values))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** An id as Keystone makes them. */
export const randomId = (): string => hex(16);

/** A token, or a receipt: it looks like a Fernet token, and holds nothing. */
export const randomToken = (): string => `gAAAAA${base64Url(132)}`;

export const randomAuditId = (): string => base64Url(16);

export const randomSecret = (): string => base64Url(64);

export function randomRequestId(): string {
  const id = hex(16);
  const parts = [0, 8, 12, 16, 20, 32].map((at, i, all) => id.slice(all[i - 1] ?? 0, at)).slice(1);
  return `req-${parts.join("-")}`;
}
