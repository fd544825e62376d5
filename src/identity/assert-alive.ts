import { UnauthorizedError } from "../errors.ts";
import type { Session } from "../session/session.ts";

const lost = /Could not find (user|project|domain|trust|application credential): ([\w-]+)/i;

/**
 * Some releases answer every request with 404 when what the token rests on was deleted. That tells
 * nothing of what was asked: not even that there is no such thing.
 *
 * @param words what the server said with its 404
 * @param asked what it was asked, where it may well be missing
 * @throws {UnauthorizedError} if it means the token's own user, scope, trust or credential.
 */
export function assertAlive(session: Session, words: string, asked: string): void {
  const [, what = "", id = ""] = lost.exec(words) ?? [];
  if (!id || asked.includes(id)) return;
  const { state } = session;
  const token = "token" in state ? JSON.stringify(state.token) : "";
  if (!token.includes(`"${id}"`)) return;
  throw new UnauthorizedError(`The token has ended: its ${what.toLowerCase()} is gone`, {
    status: 404,
  });
}
