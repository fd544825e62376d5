/** What each isolate, or process, does: one call by a session that keeps its token in that place. */
import { createSession, password } from "keystone-fetch";
import type { TokenStore } from "keystone-fetch/stores";

/** Which token was used, without showing it, and how many projects were found. */
export interface Visit {
  readonly token: string;
  readonly projects: number;
}

export async function visit(authUrl: string, store: TokenStore, end: boolean): Promise<Visit> {
  const auth = password({ name: "demo", domain: { id: "default" }, password: "s3cret-w0rd" });
  const session = createSession({ authUrl, auth, store, retry: 0 });
  const { length } = await session.projects();
  const [token = ""] = (await session.token()).auditIds;
  if (end) await session.revoke();
  return { token, projects: length };
}
