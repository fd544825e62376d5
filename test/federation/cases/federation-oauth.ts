/** Keystone's own OAuth: application credentials as OAuth 2.0 clients, and OAuth 1. */
import { assert } from "chai";
import { KeystoneError, OptionsError, UnauthorizedError } from "keystone-fetch";
import { oauth1, oauth2ClientCredentials } from "keystone-fetch/federation";
import { applicationCredentials, oauth1Consumers } from "keystone-fetch/identity";
import type { Case, Env } from "../../case.ts";
import { assertHides, failure } from "../../fixtures/failures.ts";
import { accessToken } from "../../fixtures/oauth1.ts";
import { undoing, unique } from "../../fixtures/scratch.ts";
import { adminOf } from "../../fixtures/sessions.ts";
import { federationOf, logIn } from "../client.ts";

/** The same world with the federated Keystone as the one that sessions are at. */
const federated = (env: Env): Env => ({ ...env, keystone: federationOf(env).keystone });

const cases: readonly Case[] = [
  {
    name: "an application credential logs in by OAuth 2.0, whatever is in its secret",
    run: (env) =>
      undoing(async (undo) => {
        const { keystone } = federationOf(env);
        const admin = adminOf(federated(env));
        const user = (await admin.token()).user.id;
        const secret = "s:ecret%ü &=+";
        const made = await applicationCredentials.create(admin, user, {
          name: unique("oauth2"),
          secret,
        });
        undo(() => applicationCredentials.delete(admin, user, made.id));
        const method = oauth2ClientCredentials({ id: made.id, secret });
        assertHides(method, secret);
        const { id, token } = await logIn(keystone, method);
        assert.match(id, /^gAAAA/);
        assert.equal(token.user.name, "admin");
        assert.equal(token.project?.name, "admin");
        assert.deepEqual(token.methods, ["application_credential"]);
        assert.isNotEmpty(token.catalog);

        const wrong = oauth2ClientCredentials({ id: made.id, secret: "wr0ng-s3cret" });
        assertHides(await failure(logIn(keystone, wrong), UnauthorizedError), "wr0ng-s3cret");
        const unknown = oauth2ClientCredentials({ id: "0".repeat(32), secret });
        assert.equal((await failure(logIn(keystone, unknown), KeystoneError)).status, 404);
      }),
  },
  {
    name: "what a user lent to a consumer logs in by OAuth 1, and nothing else does",
    // Making it takes a header that no page may send.
    only: ["node", "deno", "workerd", "bun", "edge"],
    run: (env) =>
      undoing(async (undo) => {
        const { keystone, introspecting } = federationOf(env);
        const admin = adminOf(federated(env));
        const { roles, scope } = await admin.token();
        const role = String(roles.find(({ name }) => name === "admin")?.id);
        const project = scope === "unscoped" ? "" : (scope.project?.id ?? "");
        const consumer = await oauth1Consumers.create(admin, { description: unique("report") });
        undo(() => oauth1Consumers.delete(admin, consumer.id));
        const lent = await accessToken(keystone, admin, consumer, { project, role });
        const keys = {
          consumerKey: consumer.id,
          consumerSecret: consumer.secret,
          accessKey: lent.id,
          accessSecret: lent.secret,
        };
        // Keystone's address is the same with and without its version.
        for (const authUrl of [undefined, keystone, `${keystone}/v3`, new URL(`${keystone}/v3/`)]) {
          const { token } = await logIn(keystone, oauth1({ ...keys, authUrl }));
          assert.deepEqual(token.methods, ["oauth1"]);
          assert.equal(token.user.name, "admin");
          assert.equal(token.project?.name, "admin");
          assert.property(token, "OS-OAUTH1");
        }
        const wrong = [
          { ...keys, authUrl: introspecting },
          { ...keys, authUrl: keystone, accessSecret: "wr0ng!*'()" },
          { ...keys, authUrl: keystone, consumerSecret: "wr0ng" },
        ];
        for (const options of wrong) {
          const error = await failure(logIn(keystone, oauth1(options)), UnauthorizedError);
          assertHides(error, options.accessSecret, options.consumerSecret);
        }
      }),
  },
  {
    name: "an option that is missing or wrong is named, and not repeated",
    async run() {
      const keys = {
        authUrl: "https://keystone.example",
        consumerKey: "ck",
        consumerSecret: "c0nsumer-s3cret",
        accessKey: "ak",
        accessSecret: "acc3ss-s3cret",
      };
      for (const name of Object.keys(keys)) {
        const error = await failure(() => oauth1({ ...keys, [name]: "" }), OptionsError);
        assert.include(error.message, `oauth1.${name}:`);
        assertHides(error, ...Object.values(keys).filter((text) => text.includes("s3cret")));
      }
      const v2 = { ...keys, authUrl: "https://keystone.example/v2.0" };
      await failure(() => oauth1(v2), OptionsError);
      for (const credential of [
        { id: "", secret: "s3cret" },
        { id: "a:b", secret: "s3cret" },
      ]) {
        const error = await failure(() => oauth2ClientCredentials(credential), OptionsError);
        assert.include(error.message, "oauth2ClientCredentials.id:");
      }
      await failure(() => oauth2ClientCredentials({ id: "id", secret: "" }), OptionsError);
    },
  },
];

export default cases;
