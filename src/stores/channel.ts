import type { TokenStore } from "../session/store.ts";

/**
 * How those who share a store tell one another of a change. Sessions with the same store can't be
 * told apart: who made the change hears of it, too.
 */
export interface Channel extends Pick<TokenStore, "watch"> {
  /** Tells of a change of this key. */
  readonly tell: (key: string) => void;
}

/**
 * By BroadcastChannel, to all pages and workers of an origin; where there is none, nobody is told
 * and there is no `watch`. Only the key travels, never the value.
 *
 * @param area what the store shares with others of its kind
 */
export function channel(area: string): Channel {
  const { BroadcastChannel } = globalThis;
  if (!BroadcastChannel) return { tell() {} };
  // Open only while somebody watches, or for one message: an open channel keeps a program alive.
  const open = () => new BroadcastChannel(`keystone-fetch/${area}`);
  return {
    tell(key) {
      const sender = open();
      sender.postMessage(key);
      sender.close();
    },
    watch(key, changed) {
      const receiver = open();
      receiver.onmessage = ({ data }) => {
        if (data === key) changed();
      };
      return () => receiver.close();
    },
  };
}
