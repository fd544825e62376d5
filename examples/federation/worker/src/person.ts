/** A person who comes by WebSSO. */
import { createSession, isKeystoneError } from "keystone-fetch";
import { readWebSso, webSso, webSsoCookie } from "keystone-fetch/federation";
import type { Env } from "./env.ts";

/** Sends the browser to the provider, and back to /auth/websso: a trusted_dashboard of Keystone's. */
export function signIn(request: Request, env: Env): Response {
  const { href } = webSso({
    authUrl: env.AUTH_URL,
    identityProvider: env.IDENTITY_PROVIDER,
    protocol: env.PROTOCOL,
    origin: new URL("/auth/websso", request.url),
  });
  const headers = { Location: href, "Set-Cookie": webSsoCookie.set() };
  return new Response(null, { status: 303, headers });
}

/** Takes the form. A real Worker would now start a session of its own with this browser. */
export async function receive(request: Request, { AUTH_URL: authUrl }: Env): Promise<Response> {
  const headers = { "Cache-Control": "no-store", "Set-Cookie": webSsoCookie.clear() };
  try {
    const token = await readWebSso(request, { authUrl, pending: webSsoCookie.isIn(request) });
    const session = createSession({ authUrl, token });
    const { user } = await session.token();
    const projects = await session.projects();
    return Response.json(
      { user: user.name, projects: projects.map(({ name }) => name).sort() },
      { headers },
    );
  } catch (error) {
    if (!isKeystoneError(error)) throw error;
    return Response.json({ error: error.message }, { status: 403, headers });
  }
}
