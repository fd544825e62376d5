/** Federated sessions: their scope, their renewal, their store, and no redirect. */
import { assert } from "chai";
import {
  type AuthMethod,
  applicationCredential,
  createSession,
  type KeystoneError,
  ResponseError,
  type SessionOptions,
  TransportError,
} from "keystone-fetch";
import { oauth1, oauth2ClientCredentials, oidcAccessToken } from "keystone-fetch/federation";
import { applicationCredentials } from "keystone-fetch/identity";
import { type Case, type Env, isPage } from "../../case.ts";
import { assertHides, failure } from "../../fixtures/failures.ts";
import { undoing, unique } from "../../fixtures/scratch.ts";
import { mapStore, names } from "../../fixtures/sessions.ts";
import { faulty } from "../../server/client.ts";
import { federationOf, idp, personsToken } from "../client.ts";
import { federation } from "../people.mjs";

const [shared = "", second = ""] = federation.projects;
const on = (name: string) => ({ project: { name, domain: { name: federation.domain } } });

/** A person's session, and how often it asked for an access token. */
function sessionOf(env: Env, options: Partial<SessionOptions> & { user?: string } = {}) {
  const { user, ...more } = options;
  const asked: string[] = [];
  const accessToken = async () => {
    const token = await personsToken(env, "alice");
    asked.push(token);
    return token;
  };
  const session = createSession({
    authUrl: `${federationOf(env).keystone}/v3`,
    auth: oidcAccessToken({ ...idp, accessToken, user }),
    ...more,
  });
  return { session, asked };
}

/** To a page, a redirect looks like no answer. */
const refusal = (env: Env): (new (message: string) => KeystoneError) =>
  isPage(env) ? TransportError : ResponseError;

interface Memberships {
  readonly groups: readonly { readonly name: string; readonly membership_expires_at?: string }[];
}

const secret = "s3cret-t0ken";

/** Each method with a secret that no other origin may see. */
const methods = (authUrl: string): Record<string, AuthMethod> => ({
  "an OIDC access token": oidcAccessToken({ ...idp, accessToken: secret }),
  "an OAuth 2.0 client": oauth2ClientCredentials({ id: "0a74", secret }),
  "an OAuth 1 consumer": oauth1({
    authUrl,
    consumerKey: "ck",
    consumerSecret: secret,
    accessKey: "ak",
    accessSecret: secret,
  }),
});

const cases: readonly Case[] = [
  {
    name: "a session without a scope is unscoped, and knows the projects of its groups",
    async run(env) {
      const { session } = sessionOf(env);
      const { scope, user } = await session.token();
      assert.equal(scope, "unscoped");
      assert.equal(user.name, "alice");
      assert.deepEqual(names(await session.projects()), [...federation.projects].sort());
    },
  },
  {
    name: "a federated user is known by extra, and a membership that ends may be lent to a program",
    run: (env) =>
      undoing(async (undo) => {
        const { session } = sessionOf(env, { scope: on(shared) });
        const { extra, user } = await session.token();
        assert.nestedPropertyVal(extra, "user.OS-FEDERATION.identity_provider.id", "idp");
        const keystone = await session.service("identity");
        const { groups } = await keystone.get(`users/${user.id}/groups`).json<Memberships>();
        const [{ name, membership_expires_at: end = "" } = assert.fail()] = groups;
        assert.equal(name, "developers");
        // UTC, although it does not say so.
        assert.isAbove(Date.parse(`${end}Z`), Date.now());

        const lent = { name: unique("lent") };
        const credential = await applicationCredentials.create(session, user.id, lent);
        undo(() => applicationCredentials.delete(session, user.id, credential.id));
        const program = createSession({
          authUrl: `${federationOf(env).keystone}/v3`,
          auth: applicationCredential(credential),
        });
        assert.equal((await program.token()).user.id, user.id);
      }),
  },
  {
    name: "a session with a scope has a token for it, with the roles of its groups",
    async run(env) {
      const { session, asked } = sessionOf(env, { scope: on(shared) });
      const { scope, roles, catalog } = await session.token();
      assert.nestedPropertyVal(scope, "project.name", shared);
      assert.include(names(roles), "member");
      assert.isNotEmpty(catalog);
      assert.lengthOf(asked, 1);
      const other = await session.rescope(on(second)).token();
      assert.nestedPropertyVal(other.scope, "project.name", second);
      assert.lengthOf(asked, 1);
    },
  },
  {
    name: "a token that is renewed takes a fresh access token",
    async run(env) {
      const { session, asked } = sessionOf(env, { scope: on(shared) });
      const first = await session.token();
      const next = await session.authenticate();
      assert.notEqual(next.id, first.id);
      assert.equal(new Set(asked).size, 2);
    },
  },
  {
    name: "a token is kept in a store only where it is said whose it is",
    async run(env) {
      const nobodys = mapStore();
      await sessionOf(env, { store: nobodys, scope: on(shared) }).session.token();
      assert.isEmpty(nobodys.map);

      const store = mapStore();
      const options = { store, scope: on(shared), user: "sub-alice" };
      const { id } = await sessionOf(env, options).session.token();
      assert.lengthOf([...store.map], 1);
      const same = sessionOf(env, options);
      assert.equal((await same.session.token()).id, id);
      assert.isEmpty(same.asked);
      const other = sessionOf(env, { ...options, user: "sub-bob" });
      await other.session.token();
      assert.lengthOf(other.asked, 1);
    },
  },
  ...[302, 307, 308].map(
    (status): Case => ({
      name: `no method's secret is taken to another origin by a ${status}`,
      async run(env) {
        for (const [name, auth] of Object.entries(methods(env.control))) {
          const server = faulty(env, `redirect-foreign-${status}@all`);
          const session = createSession({ authUrl: `${server.url}/v3`, auth, retry: 0 });
          const error = await failure(session.authenticate(), refusal(env));
          assertHides(error, secret);
          assert.isEmpty(await server.foreignLog(), name);
        }
      },
    }),
  ),
];

export default cases;
