import type { Tokens } from "./tokens.ts";

/** The sessions that were rescoped from one, as long as the program references them. */
export interface Family {
  readonly add: (child: Member) => void;
  /** Those rescoped from this session, and from them. */
  readonly members: () => Member[];
}

/** One of them: its tokens, and what was rescoped from it in turn. */
export interface Member {
  readonly tokens: Tokens;
  readonly family: Family;
}

export function createFamily(): Family {
  let children = new Set<WeakRef<Member>>();
  let sweepAt = 100;

  function alive(): Member[] {
    return [...children].map((child) => child.deref()).filter((child) => child !== undefined);
  }

  return {
    add: (child) => {
      children.add(new WeakRef(child));
      if (children.size < sweepAt) return;
      children = new Set([...children].filter((one) => one.deref() !== undefined));
      sweepAt = Math.max(100, children.size * 2);
    },
    members: () => alive().flatMap((child) => [child, ...child.family.members()]),
  };
}
