import { token as tokenMethod } from "../auth/token.ts";
import { ForbiddenError, UnauthorizedError } from "../errors.ts";
import type { Token } from "../token.ts";
import type { Keystone } from "../transport/keystone.ts";
import { login } from "./login.ts";
import type { Settings } from "./options.ts";
import type { Grant } from "./store.ts";
import { liveToken, type State } from "./transition.ts";

/** What a rescoped session needs of the one it came from. */
export interface Parent {
  readonly state: State;
  readonly token: (options: { signal: AbortSignal }) => Promise<Token>;
}

/**
 * How a session gets its token again: one that was rescoped by its parent's token first, which
 * costs the user nothing, then by the credentials that were kept.
 */
export async function acquire(
  { auth, scope }: Settings,
  keystone: Keystone,
  parent: Parent | undefined,
  signal: AbortSignal,
): Promise<Grant> {
  const kept = auth.length > 0 && (() => login(keystone, auth, scope, { signal }));
  if (!parent) {
    if (kept) return kept();
    throw new UnauthorizedError("No live token, and no auth to get one: authenticate() first");
  }
  const byToken = async () =>
    login(keystone, [tokenMethod((await parent.token({ signal })).id)], scope, { signal });
  const refused = (error: unknown) => {
    if (error instanceof UnauthorizedError || error instanceof ForbiddenError) {
      error.message = `The scope ${JSON.stringify(scope)} is not available: ${error.message}`;
    }
    throw error;
  };
  if (!kept) return byToken().catch(refused);
  if (!liveToken(parent.state)) return kept().catch(refused);
  return byToken().catch(() => {
    signal.throwIfAborted();
    return kept().catch(refused);
  });
}
