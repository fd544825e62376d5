/**
 * What a session shows of a server's message: nothing that repeats a secret, and without taking long.
 */
import { assert } from "chai";
import {
  type KeystoneError,
  MultiFactorRequiredError,
  NotFoundError,
  password,
  ResponseError,
  TransportError,
  UntrustedOriginError,
} from "keystone-fetch";
import { type Case, type Env, isPage } from "../case.ts";
import { assertHides, failure, secret } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { failing, saying } from "../fixtures/words.ts";
import { faulty } from "../server/client.ts";

/** Ways in which a server may write what it was sent. */
const forms: Record<string, (text: string) => string> = {
  plain: (text) => text,
  "upper case": (text) => text.toUpperCase(),
  "percent, twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  "percent, every letter": (text) =>
    [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16)}`).join(""),
  "HTML, by number": (text) => [...text].map((one) => `&#${one.codePointAt(0)};`).join(""),
  "HTML, by hex": (text) =>
    [...text].map((one) => `&#x${one.codePointAt(0)?.toString(16)};`).join(""),
  base64: (text) => btoa(text),
  "JSON's escapes": (text) =>
    [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  "a part of it": (text) => text.slice(0, -2),
};

const bodies: Record<string, Record<string, unknown> | URLSearchParams> = {
  adminPass: { server: { adminPass: secret.repeat(2) } },
  DBPassword: { stack: { parameters: { DBPassword: secret.repeat(2) } } },
  payload: { name: "k", payload: secret.repeat(2), payload_content_type: "text/plain" },
  "a form": new URLSearchParams({ client_secret: secret.repeat(2) }),
};

const cases: readonly Case[] = [
  ...Object.entries(bodies).map(([what, body]) => ({
    name: `${what} is a secret, in whatever form a service repeats it`,
    async run(env: Env) {
      const text = body instanceof URLSearchParams ? body.toString() : JSON.stringify(body);
      for (const [form, write] of Object.entries(forms)) {
        const words = () => `<h1>Bad</h1> what you sent: ${write(secret.repeat(2))} is bad`;
        const error = await failing(env, saying(words), { body: text });
        assertHides(error, secret, write(secret.repeat(2)));
        assert.equal(error.status, 400, form);
      }
    },
  })),
  {
    name: "words that repeat no secret are shown, with the names of methods in them",
    async run(env) {
      const auth = password({ name: "demo", domain: { id: "default" }, password: "password" });
      const error = await failure(
        sessionAt(faulty(env, "mfa"), { auth }).token(),
        MultiFactorRequiredError,
      );
      assert.include(error.message, "password and totp");
      const told = await failing(
        env,
        saying(() => "Quota exceeded for cores"),
      );
      assert.include(told.message, "Quota exceeded for cores");
      assert.equal(told.detail, "Quota exceeded for cores");
    },
  },
  {
    name: "the query and the fragment of an address are in no error, of whatever kind",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server, { trustedOrigins: [env.closed] });
      await session.token();
      const tail = "/x?token=w0rd-of-a-query#w0rd-fragment";
      const keystone = (await session.service("identity")).extend({ prefix: "", retry: 0 });
      const refused: new (message: string) => KeystoneError = isPage(env)
        ? TransportError
        : UntrustedOriginError;
      const errors = [
        await failure(session.fetch(`${env.closed}${tail}`), TransportError),
        await failure(keystone.get(`${env.closed}${tail}`), TransportError),
        await failure(keystone.get(`${server.at("404@all")}${tail}`), NotFoundError),
        await failure(keystone.get(`${server.at("html@all")}${tail}`).json(), ResponseError),
        // A page learns only that it is redirected.
        await failure(keystone.get(`${server.at("redirect-foreign-302@all")}${tail}`), refused),
      ];
      for (const error of errors) assertHides(error, "w0rd-of-a-query", "fragment");
    },
  },
];

export default cases;
