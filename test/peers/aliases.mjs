/** Which service serves which requested type, by the authority's list of aliases. */
import { readFileSync } from "node:fs";
import { findEndpoints } from "keystone-fetch";

/** @returns {import("../gates/peers.mjs").Question[]} */
export function aliases() {
  const file = new URL("../fixtures/peers/aliases.json", import.meta.url);
  /** @type {[found: string, asked: string, serves: boolean][]} */
  const pairs = JSON.parse(readFileSync(file, "utf8"));
  return pairs.map(([found, asked, theirs]) => {
    const endpoint = { id: "1", interface: "public", region: null, url: "http://one.example" };
    const catalog = [{ id: "1", type: found, name: "", endpoints: [endpoint] }];
    return {
      kind: "aliases",
      test: "service-types",
      args: { found, asked },
      theirs,
      ours: findEndpoints(catalog, asked).length > 0,
    };
  });
}
