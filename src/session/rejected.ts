import type { Token } from "../token.ts";

/** Tokens that are known to be dead, but may still be in the store. */
export interface Rejected {
  readonly has: (token: Token) => boolean;
  readonly add: (token: Token) => void;
}

/** Enough for one session: the oldest are long expired. */
const keptAtMost = 100;

export function createRejected(): Rejected {
  const ids = new Set<string>();
  return {
    has: ({ id }) => ids.has(id),
    add: ({ id }) => {
      ids.add(id);
      const [oldest] = ids;
      if (oldest !== undefined && ids.size > keptAtMost) ids.delete(oldest);
    },
  };
}
