/** Which headers say who somebody is: those that are removed, and those that are made. */
import { assert } from "chai";
import { identityHeaders, withoutIdentityHeaders } from "../../src/guard/identity-headers.ts";
import { parseToken } from "../../src/token.ts";
import type { Case } from "../case.ts";
import captured from "../fixtures/tokens.json";

const base = captured["zed: validate self GET"];

/** A captured token with other facts. */
const tokenWith = (facts: object) => parseToken("id", { token: { ...base.token, ...facts } });

const roles = (...names: string[]) => names.map((name, index) => ({ id: `role${index}`, name }));

const cases: readonly Case[] = [
  {
    name: "every header that says who somebody is is removed, in any spelling, and no other",
    run() {
      const forged = [
        "X-User-Id",
        "X-User-Name",
        "X-User-Domain-Id",
        "X-Project-Id",
        "X-Project-Domain-Name",
        "X-Domain-Name",
        "X-Roles",
        "X-Role",
        "X-User",
        "X-Tenant",
        "X-Tenant-Id",
        "X-Identity-Status",
        "X-Service-Identity-Status",
        "X-Service-User-Id",
        "X-Service-Roles",
        "X-Service-Project-Domain-Id",
        "X-Service-Catalog",
        "X-Is-Admin-Project",
        "OpenStack-System-Scope",
        "x_user_id",
        "X-Service_Roles",
        "OpenStack_System-Scope",
      ];
      const kept = {
        "content-type": "text/plain",
        "x-auth-token": "token",
        "x-service-token": "service",
        "x-request-id": "req-1",
        "x-username": "kept",
        "x-openstack-request-id": "req-2",
      };
      const headers = new Headers(kept);
      for (const name of forged) headers.set(name, "forged");
      const request = new Request("https://api.example/", {
        method: "POST",
        body: "text",
        headers,
      });
      const clean = withoutIdentityHeaders(request);
      assert.deepEqual(Object.fromEntries(clean.headers), kept);
      assert.equal(clean.method, "POST");
      assert.equal(clean.url, "https://api.example/");
    },
  },
  {
    name: "a request without such headers stays the same object",
    run() {
      const request = new Request("https://api.example/", { headers: { "X-Auth-Token": "id" } });
      assert.strictEqual(withoutIdentityHeaders(request), request);
    },
  },
  {
    name: "a name that is not ASCII is sent as UTF-8, and a line break as a space",
    run() {
      const domain = { id: "default", name: "Grüße" };
      const user = { ...base.token.user, name: "Бьёрн\r\nX-Roles: admin", domain };
      const headers = identityHeaders(tokenWith({ user }));
      const bytes = (name: string) =>
        Uint8Array.from(headers.get(name) ?? "", (letter) => letter.charCodeAt(0));
      const text = (name: string) => new TextDecoder().decode(bytes(name));
      assert.equal(text("X-User-Name"), "Бьёрн  X-Roles: admin");
      assert.equal(text("X-User-Domain-Name"), "Grüße");
    },
  },
  {
    name: "a role whose name would read as two is left out, and no role is an empty list",
    run() {
      const two = identityHeaders(tokenWith({ roles: roles("member", "reader,admin", "reader") }));
      assert.equal(two.get("X-Roles"), "member,reader");
      assert.equal(two.get("X-Role"), "member,reader");
      assert.equal(identityHeaders(tokenWith({ roles: [] })).get("X-Roles"), "");
    },
  },
  {
    name: "whether it is the admin project is as the token says, and yes where it says nothing",
    run() {
      const told = (facts: object) => identityHeaders(tokenWith(facts)).get("X-Is-Admin-Project");
      assert.equal(told({ is_admin_project: false }), "False");
      assert.equal(told({ is_admin_project: true }), "True");
      assert.equal(told({}), "True");
    },
  },
  {
    name: "the token itself is in no header",
    run() {
      const token = parseToken("gAAAAAB-secret", base);
      assert.notInclude(JSON.stringify([...identityHeaders(token)]), "gAAAAAB-secret");
    },
  },
];

export default cases;
