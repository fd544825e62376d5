import { expectRequest } from "../expect.ts";

/** Ten minutes, in seconds: as long as signing in at the provider may take. */
const life = 600;

/**
 * `__Host-`: no other host of the domain can set it. `SameSite=None`: Keystone is another site, and
 * with Lax or Strict, a browser would not send the cookie with the form.
 */
const name = "__Host-keystone-websso";
const attributes = "Path=/; Secure; HttpOnly; SameSite=None";

/**
 * Notes in a cookie that a browser asked for a login: for an edge function, whose `origin` must be
 * https (or localhost).
 *
 * @example
 * // Sends whoever wants to log in to the identity provider.
 * function leave() {
 *   const Location = webSso({ authUrl, protocol: "openid", origin }).href;
 *   const headers = { Location, "Set-Cookie": webSsoCookie.set() };
 *   return new Response(null, { status: 303, headers });
 * }
 * // Takes the form that Keystone has the browser post.
 * async function comeBack(request: Request) {
 *   const token = await readWebSso(request, { authUrl, pending: webSsoCookie.isIn(request) });
 *   return new Response("logged in", { headers: { "Set-Cookie": webSsoCookie.clear() } });
 * }
 */
export const webSsoCookie = Object.freeze({
  /** The `Set-Cookie` of the answer that sends the browser to `webSso()`. */
  set: (): string => `${name}=1; ${attributes}; Max-Age=${life}`,
  /** Whether a request has it. */
  isIn: (request: Request): boolean => {
    expectRequest(request);
    const cookies = (request.headers.get("Cookie") ?? "").split(";");
    return cookies.some((cookie) => cookie.trim().startsWith(`${name}=`));
  },
  /** The `Set-Cookie` of the answer to the form, whatever the outcome: a login works once. */
  clear: (): string => `${name}=; ${attributes}; Max-Age=0`,
});
