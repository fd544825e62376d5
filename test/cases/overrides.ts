/** Addresses that replace the catalog's: by service type, and filled in from the token. */
import { assert } from "chai";
import { OptionsError, type SessionOptions, type TokenScope } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { project, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** Names that were, or could be, mistaken for a part of the settings. */
const odd = ["1", "0", "authUrl", "fetch", "constructor", "toString", "identityUrl", "length"];

const overriding = (env: Env, endpointOverrides: SessionOptions["endpointOverrides"], more = {}) =>
  sessionAt(faulty(env, "ok"), { endpointOverrides, scope: project("demo"), ...more });

const cases: readonly Case[] = [
  ...odd.map((key) => ({
    name: `an override of "${key}" moves neither the login nor any other service`,
    async run(env: Env) {
      const elsewhere = faulty(env, "ok");
      const server = faulty(env, "ok");
      const overrides = Object.fromEntries([[key, `${elsewhere.url}/x`]]);
      const session = sessionAt(server, { endpointOverrides: overrides, scope: project("demo") });
      await session.projects();
      assert.equal((await session.endpoint("identity")).url, `${server.url}/v3`);
      assert.include((await session.endpoint("compute")).url, "/service-ok/");
      assert.equal((await session.endpoint(key)).url, `${elsewhere.url}/x`);
      await session.revoke();
      assert.isEmpty(await elsewhere.log());
    },
  })),
  {
    name: "names in an override are filled in from the token, encoded, in either spelling",
    async run(env) {
      const root = "https://swift.example/v1";
      const names = {
        project_id: (scope: TokenScope) => scope.project?.id,
        tenant_id: (scope: TokenScope) => scope.project?.id,
        project_name: (scope: TokenScope) => scope.project?.name,
        tenant_name: (scope: TokenScope) => scope.project?.name,
      };
      const name = "a project/with ü?";
      for (const [key, read] of Object.entries(names)) {
        for (const mark of ["%", "$"]) {
          const override = `${root}/AUTH_${mark}(${key})s/x`;
          const session = overriding(env, { "object-store": override }, { scope: project(name) });
          const { scope, user } = await session.token();
          const { url } = await session.endpoint("object-store");
          assert.equal(url, `${root}/AUTH_${encodeURIComponent(read(scope) ?? "")}/x`);
          const other = overriding(env, { x: `${root}/${mark}(user_id)s` });
          assert.equal((await other.endpoint("x")).url, `${root}/${user.id}`);
        }
      }
    },
  },
  {
    name: "a name that the token lacks, or that does not exist, is an OptionsError",
    async run(env) {
      const override = { "object-store": "https://swift.example/v1/AUTH_%(project_id)s" };
      const session = overriding(env, override, { scope: "unscoped" });
      const error = await failure(session.endpoint("object-store"), OptionsError);
      assert.include(error.message, "project_id");
      for (const [key, address] of Object.entries({
        unknown: "https://swift.example/%(password)s",
        host: "https://%(project_id)s.example/v1",
        port: "https://swift.example:%(project_id)s/v1",
        user: "https://%(user_id)s@swift.example/v1",
        query: "https://swift.example/v1?p=%(project_id)s",
        scheme: "%(project_id)s://swift.example/v1",
      })) {
        const wrong = await failure(() => overriding(env, { [key]: address }), OptionsError);
        assert.include(wrong.message, `endpointOverrides.${key}`);
      }
    },
  },
  {
    name: "an alias of the type finds it, and its own origin gets the token",
    async run(env) {
      const elsewhere = `${env.foreign}/service-ok/${crypto.randomUUID()}`;
      const session = overriding(env, { "block-storage": `${elsewhere}/%(project_id)s` });
      const { scope } = await session.token();
      const cinder = await session.service("volumev3");
      const told = await cinder.get("volumes").json<{ path: string; token: boolean }>();
      assert.deepInclude(told, { path: `/${scope.project?.id}/volumes`, token: true });
    },
  },
];

export default cases;
