/** Secrets stay out of errors, however a server repeats them, and go to no other origin. */
import { assert } from "chai";
import {
  applicationCredential,
  checkToken,
  createSession,
  InvalidTokenError,
  KeystoneError,
  password,
  token,
  validateToken,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure, secret } from "../fixtures/failures.ts";
import { sessionAt, somebody } from "../fixtures/sessions.ts";
import { failing, saying } from "../fixtures/words.ts";
import { faulty } from "../server/client.ts";

/** Secrets whose form changes on their way through JSON, and through a message that is shortened. */
const secrets: Record<string, string> = {
  "with quotes": 'say "s3cret" aloud',
  "with a backslash": "s3cret\\w0rd",
  "with spaces": "s3cret   w0rd",
  "with what looks like a tag": "s3cret <w0rd> s3cret",
  "with other letters": "пароль-s3cret-ü",
  "that is long": "s3cret-w0rd-".repeat(60),
  "that is a word of the message": "password",
};

/** The longest parts of a secret that aren't words: what is left if it is cut or changed. */
const parts = (text: string) =>
  text === "password" ? [] : ["s3cret", "w0rd"].filter((part) => text.includes(part));

const document = JSON.stringify({ server: { adminPass: secret } });

/** Bodies that have to be read before they can be searched. */
const kinds: Record<string, (text: string) => BodyInit> = {
  "a Blob": (text) => new Blob([text], { type: "application/json" }),
  bytes: (text) => new TextEncoder().encode(text),
  "a view of bytes": (text) => new DataView(new TextEncoder().encode(text).buffer),
  "a long document in bytes": (text) =>
    new TextEncoder().encode(text.replace("{", `{"files":"${"x".repeat(1_000_000)}",`)),
};

const cases: readonly Case[] = [
  ...Object.entries(secrets).map(([how, odd]) => ({
    name: `a secret ${how} is not in the error of a server that repeats it`,
    async run(env: Env) {
      const auths = [
        password({ name: "demo", domain: { id: "default" }, password: odd }),
        applicationCredential({ id: "0a74", secret: odd }),
        // A token's id has to fit into a header.
        ...(/^[\w-]+$/.test(odd) ? [token(odd)] : []),
      ];
      for (const auth of auths) {
        const session = sessionAt(faulty(env, "echo-secret"), { auth });
        const error = await failure(session.authenticate(), KeystoneError);
        assert.equal(error.status, 400);
        assertHides(error, ...parts(odd), ...(odd === "password" ? [] : [odd]));
      }
    },
  })),
  {
    name: "a token is not in the error of a server that repeats it",
    async run(env) {
      const server = faulty(env, "echo-token@tokens");
      const session = sessionAt({ ...server, url: server.at("ok") });
      const { id } = await session.token();
      const odd = sessionAt(
        { ...server, url: server.at("ok") },
        {
          // The token goes to a server that repeats it.
          fetch: (input, init) => {
            const request = new Request(input, init);
            const url = request.url.replace("/ok/", `/echo-token@tokens/`);
            return fetch(request.method === "GET" ? new Request(url, request) : request);
          },
        },
      );
      // As made by Keystone, and by others.
      for (const subject of [id, "0123456789abcdef0123456789abcdef", "an.opaque/token+of=some"]) {
        const error = await failure(validateToken(odd, subject), InvalidTokenError);
        assertHides(error, subject);
        assert.isFalse(await checkToken(odd, subject));
      }
    },
  },
  {
    name: "no request has a header beyond those that Keystone lets a page send",
    async run(env) {
      const server = faulty(env, "ok");
      const session = createSession({ authUrl: server.url, auth: somebody });
      await session.projects();
      await checkToken(session, (await session.token()).id);
      await session.revoke();
      const log = await server.log();
      assert.sameMembers([...new Set(log.map(({ method }) => method))], ["GET", "POST", "DELETE"]);
      const ours = log.flatMap(({ headers }) =>
        headers.filter((name) => /^(x-|open|auth|cookie)/.test(name)),
      );
      assert.sameMembers([...new Set(ours)], ["x-auth-token", "x-subject-token"]);
      for (const { path } of log) assert.notInclude(path, "gAAAA");
    },
  },
  ...Object.entries(kinds).map(([what, make]) => ({
    name: `a secret in ${what} is not in the error of a server that repeats it`,
    async run(env: Env) {
      const own = saying((body) => `not good: ${body}`);
      assertHides(await failing(env, own, { body: make(document) }), secret);
    },
  })),
  {
    name: "a secret in a Request is not in the error of a server that repeats it",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server, { fetch: saying((body) => `not good: ${body}`) });
      const keystone = (await session.service("identity")).extend({ prefix: "" });
      const request = new Request(`${server.at("service-ok")}/x`, {
        method: "POST",
        body: document,
      });
      assertHides(await failure(keystone(request), KeystoneError), secret);
    },
  },
];

export default cases;
