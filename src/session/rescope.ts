import type { AuthMethod } from "../auth/method.ts";
import { token as tokenMethod } from "../auth/token.ts";
import { ForbiddenError, UnauthorizedError } from "../errors.ts";
import type { Token } from "../token.ts";
import type { Settings } from "./options.ts";
import type { Grant } from "./store.ts";
import { liveToken, type State } from "./transition.ts";

/** What a rescoped session needs of the one it came from. */
export interface Parent {
  readonly state: State;
  readonly token: (options: { signal: AbortSignal | undefined }) => Promise<Token>;
}

/**
 * How a session gets its token again: one that was rescoped by its parent's token first, which
 * costs the user nothing, then by the credentials that were kept.
 *
 * @param by logs in
 */
export async function acquire(
  { auth, scope }: Settings,
  by: (methods: readonly AuthMethod[]) => Promise<Grant>,
  parent: Parent | undefined,
  signal: AbortSignal | undefined,
): Promise<Grant> {
  const kept = auth.length > 0;
  try {
    if (parent && (!kept || liveToken(parent.state))) {
      const { id } = await parent.token({ signal });
      // With credentials at hand the token is only a try: not every token may be rescoped.
      return await by([tokenMethod(id)]).catch((error) =>
        kept ? by(auth) : Promise.reject(error),
      );
    }
    if (kept) return await by(auth);
  } catch (error) {
    const words = `Scope ${JSON.stringify(scope)} is not available: `;
    const refused = error instanceof UnauthorizedError || error instanceof ForbiddenError;
    // One that is held back is thrown more than once.
    if (parent && refused && !error.message.startsWith(words)) {
      error.message = words + error.message;
    }
    throw error;
  }
  throw new UnauthorizedError("No live token and no auth: authenticate()");
}
