/** A program for Node, which knows no page: none of the DOM's types are needed. */
import { createSession, isKeystoneError, password, type SessionState } from "keystone-fetch";

const session = createSession({
  authUrl: new URL("https://keystone.example/v3"),
  auth: password({ id: "0a74", password: process.env.OS_PASSWORD ?? "" }),
  fetch: globalThis.fetch,
});

export async function servers(): Promise<unknown> {
  const stop = session.subscribe(() => console.log(session.state satisfies SessionState));
  try {
    const nova = await session.service("compute");
    const response: Response = await session.fetch("https://nova.example/v2.1/flavors");
    return [
      await nova.get("servers", { signal: AbortSignal.timeout(1000) }).json(),
      response.status,
    ];
  } catch (error) {
    if (isKeystoneError(error)) process.exitCode = error.status ?? 1;
    throw error;
  } finally {
    stop();
  }
}
