/** Whatever a v2.0 server sends, reading it gives a correct token, or an error of ours. */
import { assert } from "chai";
import fc from "fast-check";
import { parseToken } from "../../src/token.ts";
import { readAccess } from "../../src/v2/access.ts";
import type { Case } from "../case.ts";
import { holds, json, mutated, outcomeOf } from "../model/fuzz.ts";

const url = "http://engine.example:9696/";

const access = {
  token: {
    id: "the-id",
    expires: "2026-11-30T11:45:19Z",
    issued_at: "2026-11-26T07:45:18.113908",
    tenant: { id: "63a0", name: "demo", enabled: true },
    audit_ids: ["3T2dc1CGQxyJsHdDu1xkcw"],
  },
  user: { id: "0a74", name: "demo", username: "demo", roles: [{ id: "0618", name: "member" }] },
  serviceCatalog: [
    {
      type: "network",
      name: "neutron",
      endpoints: [
        { id: "1", publicURL: url, internalURL: url, adminURL: url, region: "RegionOne" },
      ],
    },
  ],
  metadata: { is_admin: 0 },
};

const circumstances = { method: "password", receivedAt: 1_795_679_119_000, lifetime: 600 } as const;

const cases: readonly Case[] = [
  {
    name: "readAccess of any document gives a body that parseToken takes, or throws an error of ours",
    run: () =>
      holds(fc.oneof(json, mutated([{ access }]), mutated([{ access }])), (document) => {
        const issued = outcomeOf(() => readAccess(document, circumstances));
        if (issued === undefined) return;
        // Whatever is in it: what readAccess lets through is a token.
        const token = parseToken(issued.id, issued.document);
        assert.isAtLeast(+token.expiresAt, +token.issuedAt);
        assert.isNotEmpty(token.user.id);
        assert.isNotEmpty(token.user.name);
        for (const { id, name } of token.roles) assert.isNotEmpty(id && name);
        for (const { type, endpoints } of token.catalog) {
          assert.isNotEmpty(type);
          for (const endpoint of endpoints) assert.isNotEmpty(endpoint.url);
        }
        assert.notProperty({}, "polluted");
      }),
  },
];

export default cases;
