/** A case of the real Keystone's, run against the one in memory. */
import type { Case, Env } from "../case.ts";
import { twinOf } from "./twin.ts";

/** The same case; for its time, `fetch` answers for the Keystone in memory as well. */
export const inMemory = (one: Case): Case => ({
  ...one,
  async run(env: Env) {
    const twin = twinOf(env);
    const { fetch } = globalThis;
    globalThis.fetch = (input, init) => {
      // The edge runtime's own class is another.
      const url = typeof input === "object" && "url" in input ? input.url : String(input);
      return url.startsWith("http://keystone.test") ? twin.fetch(input, init) : fetch(input, init);
    };
    try {
      await one.run({ ...env, keystone: "http://keystone.test" });
    } finally {
      globalThis.fetch = fetch;
    }
  },
});
