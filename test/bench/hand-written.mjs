/**
 * What one would write with fetch: a shared login, a look-up, a renewal before the end and after a
 * 401, a deadline. No retries, stores, versions, guarded redirects or errors of its own.
 *
 * @param {string} authUrl
 * @param {object} user
 * @param {object} scope
 */
export function createClient(authUrl, user, scope) {
  /** @type {ReturnType<typeof login> | undefined} */
  let current;

  async function login() {
    const began = Date.now();
    const auth = { identity: { methods: ["password"], password: { user } }, scope };
    const reply = await fetch(`${authUrl}/auth/tokens`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ auth }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!reply.ok) throw new Error(`login: ${reply.status}`);
    const { token } = await reply.json();
    const life = Date.parse(token.expires_at) - Date.parse(token.issued_at);
    const id = reply.headers.get("X-Subject-Token") ?? "";
    return { id, endsAt: began + life - 120_000, catalog: /** @type {any[]} */ (token.catalog) };
  }

  /** @param {string} type @param {string} path @returns {Promise<unknown>} */
  return async function call(type, path, isAgain = false) {
    current ??= login();
    const { id, endsAt, catalog } = await current;
    if (Date.now() >= endsAt && !isAgain) {
      current = undefined;
      return call(type, path, true);
    }
    const service = catalog.find((entry) => entry.type === type);
    const isPublic = (/** @type {{ interface: string }} */ entry) => entry.interface === "public";
    const { url } = service.endpoints.find(isPublic);
    const headers = { "X-Auth-Token": id };
    const reply = await fetch(url + path, { headers, signal: AbortSignal.timeout(10_000) });
    if (reply.status === 401 && !isAgain) {
      current = undefined;
      return call(type, path, true);
    }
    if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
    return reply.json();
  };
}
