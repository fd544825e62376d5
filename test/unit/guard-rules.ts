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
    name: "a path and a rule are compared decoded, as the service reads the path",
    run() {
      for (const [pattern, path, allowed] of [
        ["/notes/*", "/notes/a%20b", true],
        ["/notes/*", "/notes/%E6%97%A5", true],
        ["/notes/a%20b", "/notes/a%20b", true],
        ["/notes/a b", "/notes/a%20b", true],
        ["/notes/\u65e5", "/notes/%e6%97%a5", true],
        ["/notes/%E6%97%A5*", "/notes/%e6%97%a51", true],
        ["/admin", "/%61dmin", true],
        ["/100%25", "/100%25", true],
        ["/*", "/%252F", true],
        ["/%2A", "/anything", false],
        ["/%7Bid%7D", "/anything", false],
        ["/%2561", "/a", false],
        ["/notes/%61", "/notes/%2561", false],
      ] as const) {
        assert.equal(mayAsk(rule(pattern), "GET", path), allowed, `${pattern} ${path}`);
      }
    },
  },
  {
    name: "a path that a service may read as another one is refused, whatever the rule",
    run() {
      for (const end of [
        "1%2Fsecret",
        "1%2fsecret",
        "..%2F..%2Fadmin",
        "%2e%2e%2fadmin",
        "1%5C..%5Cx",
        "1%5c..%5cx",
        "1%00",
        "%",
        "%zz",
        "%e4",
        "%c0%af",
      ]) {
        for (const pattern of ["/notes/*", "/notes/**", "/**", `/notes/${end}`]) {
          const path = `/notes/${end}`;
          assert.isFalse(mayAsk(rule(pattern), "GET", path), `${pattern} ${path}`);
        }
      }
      // Nor does a rule mean another path than the one it names.
      assert.isFalse(mayAsk(rule("/notes/1%2Fsecret"), "GET", "/notes/1/secret"));
      assert.isFalse(mayAsk(rule("/notes/1%2Fsecret"), "GET", "/notes/1%252Fsecret"));
      assert.isFalse(mayAsk([], "GET", "/identity/a%2Fb/v3/auth/tokens"));
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
    name: "no rule takes long, whatever its caller thought of",
    run() {
      const letters = `/${"a".repeat(80_000)}`;
      const slow = `/${"**a".repeat(40)}z`;
      for (const [pattern, path, count = 1] of [
        [slow, letters.slice(0, 16_000), 50],
        [slow, letters],
        [`/${"*a".repeat(60)}z`, letters],
        [`/${"{x}a".repeat(30)}z`, letters],
        [`/**${"/*".repeat(60)}z/**`, "/a".repeat(38_000)],
        [`/${"{".repeat(200_000)}`, "/x"],
      ] as const) {
        const rules = Array.from({ length: count }, () => rule(pattern)).flat();
        const began = Date.now();
        assert.isFalse(mayAsk(rules, "GET", path));
        assert.isBelow(Date.now() - began, 1000, pattern.slice(0, 20));
      }
    },
  },
  {
    name: "what would take too many comparisons is refused",
    run() {
      const name = (length: number) => `/${"a".repeat(length)}`;
      assert.isTrue(mayAsk(rule(name(3000)), "GET", name(3000)));
      assert.isFalse(mayAsk(rule(name(4000)), "GET", name(4000)));
      const many = Array.from({ length: 1000 }, (_, index) => rule(`${name(90)}/${index}`)).flat();
      assert.isTrue(mayAsk(many, "GET", `${name(90)}/999`));
      // Rules for other methods and services do not count.
      const others = many.map((one) => ({ ...one, method: "PUT" }));
      assert.isTrue(mayAsk([...others, ...rule(name(3000))], "GET", name(3000)));
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
