import type { TokenStore } from "../session/token-store.ts";

/**
 * How sessions that share a store notify one another of a change. Sessions with the same store object
 * can't be told apart: the one that made the change is notified, too.
 */
export interface Channel extends Pick<TokenStore, "watch"> {
  /** Announces a change of this key. */
  readonly tell: (key: string) => void;
}

/**
 * Uses a BroadcastChannel, which reaches all pages and workers of an origin. Without one, nobody is
 * notified, and there is no `watch`. Only the key is sent, never the value.
 *
 * @param area what the store shares with others of its kind
 */
export function channel(area: string): Channel {
  const { BroadcastChannel } = globalThis;
  if (!BroadcastChannel) return { tell() {} };
  // Open only while a session watches, or for one message: an open channel keeps a program alive.
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
