/** Access tokens of a real OpenID provider, at a real Keystone behind mod_auth_openidc. */
import { assert } from "chai";
import { OptionsError, TransportError, UnauthorizedError } from "keystone-fetch";
import { oidcAccessToken } from "keystone-fetch/federation";
import type { Case } from "../../case.ts";
import { assertHides, failure, outcome } from "../../fixtures/failures.ts";
import { federationOf, idp, logIn, personsToken, projectsOf, robotsToken } from "../client.ts";
import { federation, resources } from "../people.mjs";

const cases: readonly Case[] = [
  {
    name: "an access token logs in, and Keystone's token says who it is and by which provider",
    async run(env) {
      const { keystone } = federationOf(env);
      const accessToken = await personsToken(env, "alice");
      const { id, token } = await logIn(keystone, oidcAccessToken({ ...idp, accessToken }));
      assert.deepEqual(token.methods, [federation.protocol]);
      assert.equal(token.user.name, "alice");
      assert.equal(token.user.domain.name, federation.domain);
      const { groups, identity_provider, protocol } = token.user["OS-FEDERATION"] ?? assert.fail();
      assert.deepEqual([identity_provider.id, protocol.id], Object.values(idp));
      assert.lengthOf(groups, 1);
      assert.isUndefined(token.project);
      assert.deepEqual(await projectsOf(keystone, id), [...federation.projects].sort());
    },
  },
  {
    name: "an access token of a function is asked for at each login",
    async run(env) {
      const names = ["alice", "bob"];
      const accessToken = () => personsToken(env, names.shift() ?? "");
      const method = oidcAccessToken({ ...idp, accessToken });
      const { keystone } = federationOf(env);
      const users = [await logIn(keystone, method), await logIn(keystone, method)];
      assert.deepEqual(
        users.map(({ token }) => token.user.name),
        ["alice", "bob"],
      );
      assert.isEmpty(names);
    },
  },
  {
    name: "a person of no group is known, and has no project",
    async run(env) {
      const { keystone } = federationOf(env);
      const accessToken = await personsToken(env, "bob");
      const { id, token } = await logIn(keystone, oidcAccessToken({ ...idp, accessToken }));
      assert.deepEqual(token.user["OS-FEDERATION"]?.groups, []);
      assert.deepEqual(await projectsOf(keystone, id), []);
    },
  },
  {
    name: "a mapping to a user of Keystone's own gives a token that is scoped at once",
    async run(env) {
      const { keystone } = federationOf(env);
      const method = oidcAccessToken({
        ...idp,
        protocol: federation.localProtocol,
        accessToken: await personsToken(env, "carol"),
      });
      const { token } = await logIn(keystone, method);
      assert.equal(token.project?.name, federation.localProject);
      assert.deepEqual(token.methods, [federation.localProtocol]);
      assert.isUndefined(token.user["OS-FEDERATION"]);
      assert.isNotEmpty(token.catalog);
    },
  },
  {
    name: "an opaque access token logs in where the provider is asked about it",
    async run(env) {
      const accessToken = await personsToken(env, "alice", resources.opaque);
      const method = oidcAccessToken({ ...idp, accessToken });
      const { token } = await logIn(federationOf(env).introspecting, method);
      assert.equal(token.user.name, "alice");
    },
  },
  {
    name: "a machine logs in by client credentials, into the group of its rule",
    // In a page, everybody could read its secret.
    only: ["node", "deno", "workerd", "bun", "edge"],
    async run(env) {
      const method = oidcAccessToken({
        ...idp,
        accessToken: () => robotsToken(env),
        user: "robot",
      });
      const { keystone } = federationOf(env);
      const { id, token } = await logIn(keystone, method);
      assert.equal(token.user.name, "robot");
      assert.deepEqual(await projectsOf(keystone, id), [...federation.projects].sort());
    },
  },
  {
    name: "an access token for another service is refused",
    async run(env) {
      const accessToken = await personsToken(env, "alice", resources.other);
      const method = oidcAccessToken({ ...idp, accessToken });
      await failure(logIn(federationOf(env).keystone, method), UnauthorizedError);
    },
  },
  {
    name: "an access token that was changed is refused, and is in no error",
    async run(env) {
      const accessToken = `${(await personsToken(env, "alice")).slice(0, -6)}AAAAAA`;
      const method = oidcAccessToken({ ...idp, accessToken });
      const error = await failure(logIn(federationOf(env).keystone, method), UnauthorizedError);
      assertHides(error, accessToken);
    },
  },
  {
    name: "a person that no mapping knows is refused",
    async run(env) {
      const method = oidcAccessToken({
        ...idp,
        protocol: federation.localProtocol,
        accessToken: await personsToken(env, "alice"),
      });
      await failure(logIn(federationOf(env).keystone, method), UnauthorizedError);
    },
  },
  {
    name: "without an answer, the error names the CORS setting that a page needs",
    async run(env) {
      const method = oidcAccessToken({ ...idp, accessToken: "a-token" });
      const error = await failure(logIn(env.closed, method), TransportError);
      assert.include(error.message, "allow_headers must list Authorization");
      assertHides(error, "a-token");
    },
  },
  {
    name: "a function that gives no access token is an error of the options",
    async run(env) {
      const { keystone } = federationOf(env);
      for (const wrong of ["", "two words", "a\nb", undefined]) {
        const method = oidcAccessToken({ ...idp, accessToken: () => wrong as string });
        await failure(logIn(keystone, method), OptionsError);
      }
      const reason = new Error("the person went away");
      const method = oidcAccessToken({ ...idp, accessToken: () => Promise.reject(reason) });
      assert.strictEqual(await outcome(logIn(keystone, method)), reason);
    },
  },
  {
    name: "forged claims in headers make nobody anybody",
    // A page may not send them: CORS does not allow them.
    only: ["node", "deno", "workerd", "bun", "edge"],
    async run(env) {
      const { keystone, issuer } = federationOf(env);
      const openid = { identity_provider: idp.identityProvider, protocol: idp.protocol };
      const response = await fetch(`${keystone}/v3/auth/tokens`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "OIDC-iss": issuer,
          "OIDC-sub": "sub-mallory",
          "OIDC-preferred_username": "mallory",
          "OIDC-email": "mallory@example.org",
          "OIDC-groups": "developers",
        },
        body: JSON.stringify({ auth: { identity: { methods: ["openid"], openid } } }),
      });
      await response.body?.cancel();
      assert.equal(response.status, 401);
    },
  },
];

export default cases;
