/** Scopes and names, from what is given to what is sent. */
import { assert } from "chai";
import { OptionsError } from "../../src/errors.ts";
import { readDomain, readNamed, readScope, type Scope, scopeRequest } from "../../src/scope.ts";
import type { Case } from "../case.ts";

const home = { id: "default", name: "Default" };

const scopes: readonly [Scope, unknown][] = [
  ["unscoped", "unscoped"],
  [{ project: { id: "0a74" } }, { project: { id: "0a74" } }],
  [
    { project: { name: "web", domain: { name: "Default" } } },
    { project: { name: "web", domain: { name: "Default" } } },
  ],
  [
    { project: { name: "web", domain: { id: "default" } } },
    { project: { name: "web", domain: { id: "default" } } },
  ],
  [{ domain: { id: "0a74" } }, { domain: { id: "0a74" } }],
  [{ domain: { name: "research" } }, { domain: { name: "research" } }],
  [{ system: "all" }, { system: { all: true } }],
  [{ trust: { id: "0a74" } }, { "OS-TRUST:trust": { id: "0a74" } }],
];

/** With an id and a name, as in a token: Keystone would look at the name, and want its domain. */
const filledIn: readonly [Scope, unknown][] = [
  [{ project: { id: "0a74", name: "web", domain: home } } as Scope, { project: { id: "0a74" } }],
  [{ project: { id: "0a74", name: "web" } } as Scope, { project: { id: "0a74" } }],
  [{ domain: home } as Scope, { domain: { id: "default" } }],
  [
    { project: { name: "web", domain: home } } as Scope,
    { project: { name: "web", domain: { id: "default" } } },
  ],
];

const cases: readonly Case[] = [
  ...[...scopes, ...filledIn].map(([scope, wire]) => ({
    name: `${JSON.stringify(scope)} is sent as ${JSON.stringify(wire)}`,
    run() {
      assert.deepEqual(scopeRequest(readScope(scope)), wire);
    },
  })),
  {
    name: "only the API's names are sent",
    run() {
      assert.deepEqual(readDomain({ ...home, enabled: true }, "domain"), { id: "default" });
      const user = { name: "demo", domain: home, password: "s3cret", options: {} };
      assert.deepEqual(readNamed(user, "user"), { name: "demo", domain: { id: "default" } });
    },
  },
  {
    name: "a kind of scope that is undefined is not given",
    run() {
      assert.deepEqual(readScope({ project: undefined, domain: home }), {
        domain: { id: "default" },
      });
      assert.throws(() => readScope({ project: undefined }), OptionsError, /^scope: /);
      assert.throws(() => readScope({ project: home, domain: home }), OptionsError, /^scope: /);
    },
  },
  {
    name: "an error names the place, however deep",
    run() {
      assert.throws(() => readNamed({ name: "demo" }, "user"), OptionsError, /^user\.domain: /);
      assert.throws(() => readNamed({}, "user"), OptionsError, /^user: /);
      assert.throws(() => readDomain({ id: "" }, "a.b.domain"), OptionsError, /^a\.b\.domain: /);
    },
  },
];

export default cases;
