/** Access rules of application credentials, as keystonemiddleware reads them. */
import { assert } from "chai";
import { InvalidTokenError } from "../../src/errors.ts";
import { enforceAccessRules } from "../../src/guard/access-rules.ts";
import { parseToken } from "../../src/token.ts";
import type { Case } from "../case.ts";

const service = "compute";

/** Whether a token with these rules may ask so. */
function mayAsk(rules: unknown, method: string, path: string, fromService = false): boolean {
  const token = parseToken("id", {
    token: {
      user: { id: "user" },
      issued_at: "2026-01-01T00:00:00Z",
      expires_at: "2026-01-01T01:00:00Z",
      catalog: [
        { type: "compute", endpoints: [] },
        { type: "identity", endpoints: [] },
      ],
      application_credential: { id: "credential", access_rules: rules },
    },
  });
  const url = `https://api.example${path}`;
  const of = path.startsWith("/identity/") ? "identity" : service;
  try {
    enforceAccessRules(
      token,
      { method, url, headers: new Headers() },
      { service: of },
      fromService,
    );
    return true;
  } catch (error) {
    assert.instanceOf(error, InvalidTokenError);
    return false;
  }
}

const rule = (path: string) => [{ id: "rule", service, method: "GET", path }];

const cases: readonly Case[] = [
  {
    name: "* and {name} are one segment of a path, ** any number of them, all else is itself",
    run() {
      for (const [pattern, path, allowed] of [
        ["/servers", "/servers", true],
        ["/servers", "/servers/", false],
        ["/servers", "/a/servers", false],
        ["/servers/*", "/servers/1", true],
        ["/servers/*", "/servers/1/2", false],
        ["/servers/*", "/servers/", false],
        ["/servers/{id}/action", "/servers/1/action", true],
        ["/servers/{id}/action", "/servers/1/2/action", false],
        ["/servers/**", "/servers/1/2/3", true],
        ["/servers/**", "/servers/", true],
        ["/servers/**", "/servers", false],
        ["/**", "/anything/at/all", true],
        ["/v2.1/servers", "/v2.1/servers", true],
        ["/v2.1/servers", "/v2x1/servers", false],
        ["/a+(b)[c]d$", "/a+(b)[c]d$", true],
        ["/a(", "/a", false],
        ["/a{b", "/a", false],
        ["/**/x", "/a/b/x", true],
        ["/**/x/**", "/a/x/b", true],
        ["/*/x", "/a/x", true],
        ["/*b/x", "/ab/x", true],
        ["/*b/x", "/b/x", false],
        ["/{a}-{b}", "/1-2-3", true],
        ["/***", "/a/b", true],
        ["/***", "/a/", false],
      ] as const) {
        assert.equal(mayAsk(rule(pattern), "GET", path), allowed, `${pattern} ${path}`);
      }
    },
  },
  {
    name: "a rule of many ** is decided at once, whatever the path",
    run() {
      const many = rule(`${"/**".repeat(40)}/x`);
      assert.isFalse(mayAsk(many, "GET", `/${"a/".repeat(2000)}`));
      assert.isTrue(mayAsk(many, "GET", `/${"a/".repeat(2000)}x`));
    },
  },
  {
    name: "no rules restrict nothing, an empty list and what is no list forbid all",
    run() {
      for (const none of [undefined, null]) assert.isTrue(mayAsk(none, "DELETE", "/x"));
      const broken = [[], {}, "all", [null], [{}], [{ service, method: "GET" }], [{ path: "/x" }]];
      for (const rules of broken) assert.isFalse(mayAsk(rules, "GET", "/x"));
    },
  },
  {
    name: "method and service have to be the rule's, but not in what a service sends on",
    run() {
      const rules = [{ service: "image", method: "GET", path: "/x" }, ...rule("/y")];
      assert.isFalse(mayAsk(rules, "GET", "/x"));
      assert.isFalse(mayAsk(rules, "POST", "/y"));
      assert.isTrue(mayAsk(rules, "GET", "/y"));
      assert.isTrue(mayAsk(rules, "POST", "/y", true));
    },
  },
  {
    name: "Keystone itself validates any token",
    run() {
      assert.isTrue(mayAsk([], "GET", "/identity/v3/auth/tokens"));
      assert.isFalse(mayAsk([], "POST", "/identity/v3/auth/tokens"));
      assert.isFalse(mayAsk([], "GET", "/identity/v3/users"));
    },
  },
];

export default cases;
