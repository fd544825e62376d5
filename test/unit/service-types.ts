/** The table of service types against the authority's own list. */
import { assert } from "chai";
import { typesFor } from "../../src/catalog/service-types.ts";
import type { Case } from "../case.ts";
import authority from "../fixtures/service-types.json";

const forward: Readonly<Record<string, readonly string[]>> = authority.forward;

const cases: readonly Case[] = [
  {
    name: "every official type stands for its aliases, in the authority's order",
    run() {
      assert.lengthOf(authority.types, 46);
      for (const type of authority.types) {
        assert.deepEqual(typesFor(type), [type, ...(forward[type] ?? [])]);
      }
    },
  },
  {
    name: "every alias stands for its official type, and for no other alias",
    run() {
      for (const [type, aliases] of Object.entries(forward)) {
        for (const alias of aliases) assert.deepEqual(typesFor(alias), [alias, type]);
      }
    },
  },
  {
    name: "what nobody knows stands for itself",
    run() {
      for (const type of [
        "",
        "my-service",
        "toString",
        "__proto__",
        "volumev3 volumev2",
        "registration\nalarm",
      ]) {
        assert.deepEqual(typesFor(type), [type]);
      }
    },
  },
];

export default cases;
