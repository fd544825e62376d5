/** What the methods of `keystone-fetch/federation` send, and what they make of odd replies. */
import { assert } from "chai";
import type { AuthExchange } from "../../src/auth/method.ts";
import { OptionsError, ResponseError, UntrustedOriginError } from "../../src/errors.ts";
import { oauth1, oauth2ClientCredentials, oidcAccessToken } from "../../src/federation/index.ts";
import { showWords } from "../../src/redact.ts";
import { secretsOf } from "../../src/secrets-of.ts";
import type { Case } from "../case.ts";
import { outcome } from "../federation/outcome.ts";

const accessToken = "an-access-token";
const options = { identityProvider: "my idp", protocol: "openid", accessToken };
const page = "<!doctype html><title>Sign in</title>";
const html = { "Content-Type": "text/html; charset=utf-8" };

const context = { authUrl: "https://keystone.example", scope: undefined };

/** Runs a login against these replies: what was sent, and how it ended. */
async function against(
  method: ReturnType<typeof oidcAccessToken>,
  ...replies: readonly (Response | Error)[]
) {
  const sent: AuthExchange[] = [];
  const waiting = [...replies];
  const send = async (request: AuthExchange): Promise<Response> => {
    sent.push(request);
    const reply = waiting.shift();
    if (reply instanceof Response) return reply;
    throw reply ?? new Error("nothing more was expected");
  };
  const issued = await method.obtain?.(send, context).catch((error: unknown) => error);
  return { sent, issued };
}

const cases: readonly Case[] = [
  {
    name: "an access token goes into one request, and into nothing that can be seen",
    async run() {
      const method = oidcAccessToken(options);
      const document = { token: {} };
      const reply = Response.json(document, { status: 201, headers: { "X-Subject-Token": "id" } });
      const { sent, issued } = await against(method, reply);
      assert.deepEqual(issued, { id: "id", document });
      assert.deepEqual(sent, [
        {
          method: "POST",
          path: "OS-FEDERATION/identity_providers/my%20idp/protocols/openid/auth",
          headers: { Accept: "application/json", Authorization: `Bearer ${accessToken}` },
        },
      ]);
      assert.deepEqual(Object.keys(method), ["name"]);
      assert.notInclude(JSON.stringify(method), accessToken);
    },
  },
  {
    name: "whose access token it is, is known only where it is said",
    run() {
      assert.isUndefined(oidcAccessToken(options).identity);
      const { identityProvider, protocol } = options;
      const { identity } = oidcAccessToken({ ...options, user: "sub-alice" });
      assert.deepEqual(identity, { identityProvider, protocol, subject: "sub-alice" });
    },
  },
  {
    name: "a web page, a redirect to the provider and a missing token are replies that aren't Keystone's",
    async run() {
      const elsewhere = new UntrustedOriginError("not redirected to https://idp.example");
      const replies: [Response | Error, RegExp][] = [
        [new Response(page, { status: 200, headers: html }), /200 with a web page, expected JSON/],
        [new Response("", { status: 201 }), /201 with 0 characters, expected JSON/],
        [Response.json({ token: {} }, { status: 201 }), /expected an X-Subject-Token/],
        [elsewhere, /https:\/\/idp\.example: this address redirects to an identity provider/],
      ];
      for (const [reply, message] of replies) {
        const { issued } = await against(oidcAccessToken(options), reply);
        assert.instanceOf(issued, ResponseError);
        assert.match((issued as ResponseError).message, message);
      }
    },
  },
  {
    name: "an application credential's secret is sent as it is, and its token is then read",
    async run() {
      const method = oauth2ClientCredentials({ id: "0a74", secret: "s:ü%" });
      const document = { token: { methods: [] } };
      const granted = Response.json({ access_token: "id", expires_in: 3600, token_type: "Bearer" });
      const { sent, issued } = await against(method, granted, Response.json(document));
      assert.deepEqual(issued, { id: "id", document });
      const [asked, read] = sent;
      assert.equal(asked?.headers?.Authorization, `Basic ${btoa("0a74:s:\u00c3\u00bc%")}`);
      assert.equal(asked?.body, "grant_type=client_credentials");
      const headers = { "X-Auth-Token": "id", "X-Subject-Token": "id" };
      assert.deepEqual(read, { method: "GET", path: "auth/tokens", headers });
    },
  },
  {
    name: "a server that repeats the secret of a Basic header is not quoted",
    run() {
      const pair = btoa("0a74:s3cret:\u00c3\u00bc");
      for (const scheme of ["Basic", "basic"]) {
        const headers = new Headers({ Authorization: `${scheme} ${pair}` });
        const secrets = secretsOf(
          headers,
          "https://keystone.example/v3/OS-OAUTH2/token",
          undefined,
        );
        assert.include(secrets.values, "s3cret:ü");
        assert.notInclude(showWords("no such client: 0a74:s3cret:ü", secrets), "s3cret");
      }
    },
  },
  {
    name: "an answer of OAuth 2.0 without an access token is not Keystone's",
    async run() {
      const method = oauth2ClientCredentials({ id: "0a74", secret: "s3cret" });
      const unfit = ["", "t0ken\n2", "t0ken, 2"].map((access_token) => ({ access_token }));
      for (const body of [{}, { access_token: 1 }, [], ...unfit]) {
        const { issued, sent } = await against(method, Response.json(body));
        assert.instanceOf(issued, ResponseError);
        assert.notInclude(String(issued), "t0ken");
        assert.lengthOf(sent, 1);
      }
    },
  },
  {
    name: "a key of OAuth 1 that no URL can hold is named",
    run() {
      const keys = { consumerKey: "a", consumerSecret: "b", accessKey: "c", accessSecret: "d" };
      for (const name of Object.keys(keys)) {
        const work = () => oauth1({ ...keys, [name]: "\ud800" });
        assert.throws(work, OptionsError, `oauth1.${name}:`);
      }
      oauth1({ ...keys, accessSecret: "\u{1f511}" });
    },
  },
  {
    name: "an option that is missing or wrong is named, and not repeated",
    async run() {
      const wrong = {
        identityProvider: ["", "..", "a/b", undefined],
        protocol: ["", "a/b", undefined],
        accessToken: ["", "s3cret w1th spaces", "s3cret\n", 1, undefined],
        user: ["", 1],
      };
      for (const [name, values] of Object.entries(wrong)) {
        for (const value of values) {
          const given = { ...options, [name]: value } as typeof options;
          const error = await outcome(() => oidcAccessToken(given));
          assert.instanceOf(error, OptionsError);
          const { message } = error as OptionsError;
          assert.include(message, `oidcAccessToken.${name}:`);
          assert.notInclude(message, "s3cret");
        }
      }
      for (const value of [undefined, null, "text"]) {
        assert.instanceOf(await outcome(() => oidcAccessToken(value as never)), OptionsError);
      }
    },
  },
];

export default cases;
