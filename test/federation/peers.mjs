/** The same logins by keystoneauth1 itself: Keystone says the same about its tokens as about ours. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { createSession, password } from "keystone-fetch";
import { oauth1, oauth2ClientCredentials, oidcAccessToken } from "keystone-fetch/federation";
import { applicationCredentials, oauth1Consumers } from "keystone-fetch/identity";
import { check } from "../examples/check.mjs";
import { ADMIN } from "../keystone/accounts.mjs";
import { personsToken, robotsToken } from "./introduce.mjs";
import { clients, federation, people } from "./people.mjs";

const script = fileURLToPath(new URL("peers.py", import.meta.url));
const { identityProvider, protocol, domain } = federation;
const scope = { project: { name: federation.projects[0], domain: { name: domain } } };

/**
 * @typedef {Record<string, unknown>} Options
 * @typedef {import("keystone-fetch/federation").OidcAccessToken} Access
 */

/**
 * @param {import("./federation.mjs").Federation} world
 * @returns {Promise<import("../runners/gates.mjs").Check[]>}
 */
export async function peers({ url, issuer }) {
  const authUrl = `${url}/v3`;
  const adminsProject = { project: { name: ADMIN.project, domain: { name: ADMIN.domain } } };
  const admin = createSession({
    authUrl,
    auth: password({ name: ADMIN.name, domain: { name: ADMIN.domain }, password: ADMIN.password }),
    scope: adminsProject,
  });
  const credential = await credentialOf(admin);
  const keys = await oauth1Keys(url, admin);
  /** @param {Access["accessToken"]} accessToken */
  const byAccessToken = (accessToken) =>
    createSession({
      authUrl,
      auth: oidcAccessToken({ identityProvider, protocol, accessToken }),
      scope,
    });
  const federated = {
    auth_url: authUrl,
    identity_provider: identityProvider,
    protocol,
    project_name: scope.project.name,
    project_domain_name: domain,
  };
  const provider = { access_token_endpoint: `${issuer}/token`, ...federated };
  const alice = await personsToken(issuer)("alice");
  /** @type {Record<string, { session: import("keystone-fetch").Session, peer: [plugin: string, options: Options] }>} */
  const logins = {
    "an access token": {
      session: byAccessToken(alice),
      peer: ["v3oidcaccesstoken", { access_token: alice, ...federated }],
    },
    "client credentials": {
      session: byAccessToken(() => robotsToken(issuer)),
      // It does not encode the secret for the Basic header, which this one needs, so it is done
      // here.
      peer: [
        "v3oidcclientcredentials",
        {
          client_id: clients.robot.id,
          client_secret: encodeURIComponent(clients.robot.secret),
          ...provider,
        },
      ],
    },
    "a password at the provider": {
      session: byAccessToken(() => personsToken(issuer)("alice")),
      peer: [
        "v3oidcpassword",
        {
          client_id: clients.legacy.id,
          client_secret: clients.legacy.secret,
          username: "alice",
          password: people.alice.password,
          ...provider,
        },
      ],
    },
    // Debian's keystoneauth1 has no v3oauth2clientcredential: it is an application credential.
    "OAuth 2.0 client credentials": {
      session: createSession({ authUrl, auth: oauth2ClientCredentials(credential) }),
      peer: [
        "v3applicationcredential",
        {
          auth_url: authUrl,
          application_credential_id: credential.id,
          application_credential_secret: credential.secret,
        },
      ],
    },
    "OAuth 1": {
      session: createSession({ authUrl, auth: oauth1({ authUrl, ...keys }) }),
      peer: [
        "v3oauth1",
        {
          auth_url: authUrl,
          consumer_key: keys.consumerKey,
          consumer_secret: keys.consumerSecret,
          access_key: keys.accessKey,
          access_secret: keys.accessSecret,
        },
      ],
    },
  };
  const theirs = await keystoneauth(
    Object.fromEntries(Object.entries(logins).map(([name, { peer }]) => [name, peer])),
  );
  const { id: reader } = await admin.token();
  return Promise.all(
    Object.entries(logins).map(
      ([
        name,
        {
          session,
          peer: [plugin],
        },
      ]) =>
        check(`${name}: the same token as by keystoneauth1's ${plugin}`, async () => {
          const { id } = await session.token();
          assert.notEqual(id, theirs[name]);
          const [mine, other] = await Promise.all(
            [id, theirs[name]].map((subject) => contents(authUrl, reader, subject)),
          );
          assert.deepEqual(mine, other);
          assert.ok(mine.project && mine.roles.length > 0 && mine.catalog.length > 0);
        }),
    ),
  );
}

/** @param {Record<string, [plugin: string, options: Options]>} logins @returns {Promise<Record<string, string>>} */
async function keystoneauth(logins) {
  // Debian's own, which comes with Keystone.
  const child = spawn("/usr/bin/python3", [script], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(JSON.stringify(logins));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (output === "") throw new Error(`keystoneauth1: ${errors.slice(-2000)}`);
  return JSON.parse(output);
}

/**
 * What Keystone says about a token, except for what differs between any two tokens. @param {string}
 * authUrl @param {string} reader @param {string} id
 */
async function contents(authUrl, reader, id) {
  const headers = { "X-Auth-Token": reader, "X-Subject-Token": id };
  const { token } = await (await fetch(`${authUrl}/auth/tokens`, { headers })).json();
  const { audit_ids: _ids, expires_at: _end, issued_at: _begin, ...rest } = token;
  return { ...rest, methods: rest.methods.sort() };
}

/** @param {import("keystone-fetch").Session} admin */
async function credentialOf(admin) {
  const { user } = await admin.token();
  const name = crypto.randomUUID();
  return applicationCredentials.create(admin, user.id, { name });
}

/** @param {string} keystone @param {import("keystone-fetch").Session} admin */
async function oauth1Keys(keystone, admin) {
  const { accessToken } = await consumerFixture();
  const { roles, scope } = await admin.token();
  const role = roles.find(({ name }) => name === "admin")?.id ?? "";
  const project = scope === "unscoped" ? "" : (scope.project?.id ?? "");
  const consumer = await oauth1Consumers.create(admin, { description: "keystoneauth1's" });
  const lent = await accessToken(keystone, admin, consumer, { project, role });
  return {
    consumerKey: consumer.id,
    consumerSecret: consumer.secret,
    accessKey: lent.id,
    accessSecret: lent.secret,
  };
}

/** It is written for every runtime, and so in TypeScript. @returns {Promise<typeof import("../fixtures/oauth1.ts")>} */
async function consumerFixture() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../fixtures/oauth1.ts", import.meta.url))],
    format: "esm",
    write: false,
  });
  const source = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${source}`);
}
