/** The Keystone in memory answers like the real one: the same stories are run against both. */
import { assert } from "chai";
import type { Case } from "../case.ts";
import { stories } from "../testing/stories.ts";
import { twinOf } from "../testing/twin.ts";
import { tell } from "../testing/visit.ts";

/**
 * Once is enough for what the real Keystone answers: that the one in memory is the same in every runtime,
 * testing-same-cases.ts shows.
 */
const only = ["node"] as const;

const cases: readonly Case[] = stories.map((story) => ({
  name: `${story.name}: as the real Keystone`,
  only,
  ...(story.alone && { lane: "alone" }),
  async run(env) {
    const twin = twinOf(env);
    const [real, ours] = await Promise.all([
      tell(story, { root: env.keystone, fetch: (input, init) => fetch(input, init) }),
      tell(story, { root: "http://keystone.test", fetch: twin.fetch }),
    ]);
    assert.isAbove(real.length, 0);
    assert.equal(ours.length, real.length);
    for (const [i, seen] of real.entries()) {
      const both = `${JSON.stringify(ours[i])} is not ${JSON.stringify(seen)}`;
      assert.deepEqual(ours[i], seen, `${seen.route}: ${seen.step}: ${both}`);
    }
  },
}));

export default cases;
