/** Whatever a server sends, reading it gives a correct value, or an error of ours. */
import { assert } from "chai";
import fc from "fast-check";
import { parseVersions, splitVersion } from "../../src/catalog/api-version.ts";
import { findEndpoint } from "../../src/catalog/find-endpoint.ts";
import { ResponseError } from "../../src/errors.ts";
import { readScope, scopeRequest } from "../../src/scope.ts";
import { availableScopes } from "../../src/session/available-scopes.ts";
import { deserialize, serialize } from "../../src/session/stored-token.ts";
import { parseToken, type Token } from "../../src/token.ts";
import { createClient } from "../../src/transport/client.ts";
import type { Case } from "../case.ts";
import { anyDocument, anyText, documents, holds, json, mutated, outcomeOf } from "../model/fuzz.ts";

const version = { id: "v3.14", status: "stable", links: [{ rel: "self", href: "http://a/v3/" }] };
const versions = [
  { versions: { values: [version] } },
  { versions: [version] },
  { version },
  version,
];
const asked = "https://cloud.example/identity";

/** As it is where something could be read at all. */
function wellMade(token: Token): void {
  assert.isFalse(Number.isNaN(+token.issuedAt) || Number.isNaN(+token.expiresAt));
  assert.isAtLeast(+token.expiresAt, +token.issuedAt);
  assert.isString(token.user.id);
  assert.isString(token.user.domain.name);
  for (const method of token.methods) assert.isString(method);
  for (const { id, name } of token.roles) assert.isString(id + name);
  for (const { type, endpoints } of token.catalog) {
    assert.isString(type);
    for (const { url, region } of endpoints) assert.isTrue(region === null || !!(url + region));
  }
  assert.notInclude(JSON.stringify(token), "the-id");
  assert.isTrue(Object.isFrozen(token));
}

const clean = () => assert.notProperty({}, "polluted");

const cases: readonly Case[] = [
  {
    name: "a token is read, or refused with an error of ours",
    run: () =>
      holds(anyDocument, (document) => {
        const token = outcomeOf(() => parseToken("the-id", document));
        if (token) wellMade(token);
        clean();
      }),
  },
  {
    name: "the scope of a token can be asked for again, and is the same",
    run: () =>
      holds(mutated(documents), (document) => {
        const token = outcomeOf(() => parseToken("the-id", document));
        // Keystone's ids are never empty, and by name alone one can't ask for a scope.
        if (!token || JSON.stringify(token.scope).includes('"id":""')) return;
        const asked = JSON.parse(JSON.stringify(scopeRequest(readScope(token.scope))));
        const { scope } = token;
        if (scope === "unscoped") return assert.equal(asked, "unscoped");
        if (scope.system) return assert.deepEqual(asked, { system: { all: true } });
        if (scope.trust) return assert.deepEqual(asked, { "OS-TRUST:trust": scope.trust });
        const [kind, { id }] = Object.entries(scope)[0] as [string, { id: string }];
        assert.deepEqual(asked, { [kind]: { id } });
      }),
  },
  {
    name: "an endpoint of any catalog is found, or not with an error of ours",
    run: () =>
      holds(fc.tuple(anyDocument, json), ([document, query]) => {
        const token = outcomeOf(() => parseToken("the-id", document));
        const text = typeof query === "string" ? query : "identity";
        const found = token && outcomeOf(() => findEndpoint(token.catalog, text));
        if (found) assert.isString(found.url);
      }),
  },
  {
    name: "versions are read, or refused with an error of ours, and stay where they were asked for",
    run: () =>
      holds(fc.oneof(json, mutated(versions)), (document) => {
        for (const { id, url } of outcomeOf(() => parseVersions(document, asked)) ?? []) {
          assert.isString(id);
          assert.isTrue(url === asked || new RegExp(`^${asked}/v\\d[\\d.]*$`).test(url), url);
          assert.equal(splitVersion(url)[0], asked);
        }
        clean();
      }),
  },
  {
    name: "a list of projects is read, or refused with an error of ours",
    run: () =>
      holds(
        fc.oneof(json, mutated([[{ id: "a", name: "b" }]])),
        async (projects) => {
          const client = createClient(
            async () => Response.json({ projects }),
            {},
            { prefix: "http://a" },
          );
          const records = await availableScopes(client, "projects", undefined).catch((error) => {
            assert.instanceOf(error, ResponseError);
            return [];
          });
          for (const { id, name } of records) assert.isString(id + name);
        },
        100,
      ),
  },
  {
    name: "what is in a store is read to a token that can be used, or as nothing",
    run: () => {
      const stored = documents.flatMap((document) => {
        const token = outcomeOf(() => parseToken("the-id", document));
        return token
          ? [JSON.parse(serialize({ token, document, receivedAt: 1, life: 1000 }, "key"))]
          : [];
      });
      const values = fc.oneof(
        anyText,
        mutated(stored).map((value) => JSON.stringify(value)),
        json,
      );
      return holds(values, (value) => {
        const held = deserialize(value, "key", 2);
        if (!held) return;
        assert.isTrue(Number.isFinite(held.receivedAt), "the time it came");
        // It goes into a header, and an invalid one would make fetch throw, and show it.
        assert.doesNotThrow(() => new Headers({ "X-Auth-Token": held.token.id }));
        assert.match(held.token.id, /^[^\s,]+$/);
        const again = deserialize(serialize(held, "key"), "key", 2);
        assert.equal(again?.token.id, held.token.id);
      });
    },
  },
];

export default cases;
