/** Messages of a server that are made to slow down, or to fool, whoever looks at them. */
import { assert } from "chai";
import { EndpointNotFoundError } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure, secret } from "../fixtures/failures.ts";
import { changing, sessionAt } from "../fixtures/sessions.ts";
import { failing, saying } from "../fixtures/words.ts";
import { faulty } from "../server/client.ts";

/** Pages that took minutes or gigabytes to search. */
const pages: Record<string, string> = {
  "3 MB of <": "<".repeat(3_000_000),
  "3 MB of eyJ": "eyJ".repeat(1_000_000),
  "1 MB of one letter": "a".repeat(1_000_000),
  "300 kB of %": "%".repeat(300_000),
  "300 kB of &#": "&#".repeat(150_000),
  "300 kB of slashes": "\\".repeat(300_000),
};

const cases: readonly Case[] = [
  ...Object.entries(pages).map(([what, page]) => ({
    name: `a page of ${what} is told shortly, and holds nobody up`,
    async run(env: Env) {
      const began = performance.now();
      const error = await failing(
        env,
        saying(() => page),
        { body: JSON.stringify({ adminPass: secret }) },
      );
      assert.isBelow(error.message.length, 1000);
      // It took minutes at this size, and takes milliseconds.
      assert.isBelow(performance.now() - began, 5000);
    },
  })),
  {
    name: "a body with many short secrets is searched quickly, or not shown",
    async run(env) {
      const many = Object.fromEntries(
        Array.from({ length: 20_000 }, (_, index) => [`password${index}`, `s${index}`]),
      );
      const words = () => `no: ${"s19999 ".repeat(1000)}`;
      const error = await failing(env, saying(words), { body: JSON.stringify(many) });
      assertHides(error, "s19999");
    },
  },
  {
    name: "control characters of a server do not reach a terminal",
    async run(env) {
      const odd = "\u001b[2J\u0007\u202e\u0000\r\nok\u2028";
      const error = await failing(
        env,
        saying(() => JSON.stringify({ error: { message: odd, title: odd } }), "application/json"),
      );
      assert.match(error.message, /ok/);
      assert.notMatch(`${error.message}${error.title}${error.detail}`, /[\p{Cc}\p{Cf}\u2028]/u);
    },
  },
  {
    name: "control characters and long names of a catalog or a version document do not, either",
    async run(env) {
      const odd = `\u001b[2J\u0007\u202e\u2028${"x".repeat(100_000)}`;
      const change = changing((token) => {
        const endpoints = [{ id: "e", interface: "public", region: odd, url: "http://a.example" }];
        token.catalog = [{ id: "c", type: odd, name: odd, endpoints }];
      });
      const server = faulty(env, "ok");
      const versions = async () => Response.json({ versions: [{ id: `v9${odd}` }] });
      const errors = [
        await failure(
          sessionAt(server, { fetch: change }).endpoint("compute"),
          EndpointNotFoundError,
        ),
        await failure(
          sessionAt(server, { authUrl: server.url, fetch: versions }).token(),
          EndpointNotFoundError,
        ),
      ];
      for (const { message } of errors) {
        assert.isBelow(message.length, 5000);
        assert.notMatch(message, /[\p{Cc}\p{Cf}\u2028]/u);
      }
    },
  },
];

export default cases;
