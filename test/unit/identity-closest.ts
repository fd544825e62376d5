/** What somebody most likely meant by an unknown name. */
import { assert } from "chai";
import { closest } from "../../src/identity/shared/closest.ts";
import type { Case } from "../case.ts";

const known = ["domain_id", "enabled", "name", "name__contains", "limit", "not-tags-any"];

const table: readonly [wrong: string, meant: string | undefined][] = [
  ["nmae", "name"],
  ["Name", "name"],
  ["names", "name"],
  ["nam", "name"],
  ["domainId", "domain_id"],
  ["domain", "domain_id"],
  ["domian_id", "domain_id"],
  ["enabeld", "enabled"],
  ["notTagsAny", "not-tags-any"],
  ["name__contain", "name__contains"],
  ["lmit", "limit"],
  ["shelf", undefined],
  ["id", undefined],
  ["", undefined],
  ["x".repeat(100_000), undefined],
];

const cases: readonly Case[] = [
  {
    name: `${table.length} wrong names are near what they were meant to be, or near nothing`,
    run() {
      for (const [wrong, meant] of table) {
        assert.equal(closest(wrong, known), meant, wrong.slice(0, 50));
      }
      assert.isUndefined(closest("name", []));
    },
  },
];

export default cases;
