/** Any reply at all, through ky and the border for its errors. */
import { assert } from "chai";
import fc from "fast-check";
import { KeystoneError, MultiFactorRequiredError, type RateLimitError } from "../../src/errors.ts";
import { createClient } from "../../src/transport/client.ts";
import { findVersion } from "../../src/transport/discover.ts";
import { guardedFetch } from "../../src/transport/guarded-fetch.ts";
import type { Case } from "../case.ts";
import { anyText, holds, json, mutated } from "../model/fuzz.ts";

const url = "https://a.example/v3/auth/tokens";
const secret = "h1dden-w0rd";
const errors = [
  { error: { code: 401, message: "No", title: "Unauthorized" } },
  { errors: [{ status: 404, title: "Not Found", detail: "No such thing", request_id: "r" }] },
  { itemNotFound: { code: 404, message: "No" } },
  { receipt: { methods: ["password"] }, required_auth_methods: [["password", "totp"]] },
];

const body = fc.oneof(
  anyText,
  fc.oneof(json, mutated(errors)).map((value) => JSON.stringify(value)),
  // Servers that repeat what they were sent.
  anyText.map((text) => `${text}${secret}${text}`),
  mutated(errors).map((value) => JSON.stringify({ error: { message: secret, value } })),
);

const word = fc.string({ maxLength: 20 }).filter((text) => /^[\x21-\x7e ]*$/.test(text));
const status = fc.constantFrom(200, 201, 300, 400, 401, 403, 404, 409, 413, 429, 500, 502, 503);
const type = fc.constantFrom("application/json", "text/html", "application/problem+json", "", "x");
const after = fc.oneof(
  fc.constantFrom("0", "5", "-5", "1e3", "Infinity", "soon", "Fri, 31 Dec 1999 23:59:59 GMT"),
  word,
);
const reply = fc.record({
  ...{ status, body, type, after, id: word },
  receipt: fc.constantFrom(undefined, undefined, "receipt"),
  location: fc.oneof(fc.constantFrom(undefined, "http://[", "//b.example", "?a", "mailto:a"), word),
  redirects: fc.boolean(),
});

type Reply = typeof reply extends fc.Arbitrary<infer R> ? R : never;

const respond = ({ status, body, type, after, id, receipt, location, redirects }: Reply) =>
  new Response(body, {
    status: redirects ? 302 : status,
    headers: {
      ...{ "Content-Type": type, "Retry-After": after, "X-Openstack-Request-Id": id },
      ...(receipt && { "Openstack-Auth-Receipt": receipt }),
      ...(location !== undefined && { Location: location }),
    },
  });

const clientOf = (one: Reply) => {
  let first = true;
  const fetch = async () => {
    const now = first ? one : { ...one, redirects: false };
    first = false;
    return respond(now);
  };
  const send = guardedFetch({ fetch });
  return createClient((request) => send(request, { kind: "call" }), { retry: 0 });
};

/** One of our errors, with nothing in it that must not be shown. */
function check(error: unknown, hidden = secret): void {
  if (!(error instanceof KeystoneError)) throw new Error(`thrown: ${error}`, { cause: error });
  const { message, stack, title } = error;
  assert.notInclude(`${message}${stack}${title}${JSON.stringify(error)}`, hidden);
  assert.isBelow(message.length, 2000);
  const { retryAfter } = error as RateLimitError;
  if (retryAfter !== undefined) assert.isTrue(Number.isFinite(retryAfter) && retryAfter >= 0);
  if (!(error instanceof MultiFactorRequiredError)) return;
  assert.equal(error.receipt, "receipt");
  const { required } = error;
  assert.isTrue(Array.isArray(required), "required is a list");
  for (const rule of required) for (const name of rule) assert.isString(name);
}

const cases: readonly Case[] = [
  {
    name: "is JSON, or an error of ours that shows no secret of the request",
    run: () =>
      holds(
        reply,
        async (one) => {
          const auth = { identity: { password: { user: { password: secret } } } };
          await clientOf(one).post(url, { json: { auth } }).json().catch(check);
        },
        200,
      ),
  },
  {
    name: "is the versions of a server, or an error of ours",
    run: () =>
      holds(
        reply,
        // Nothing of what is in the reply was in the request.
        (one) => findVersion(clientOf(one), url, 3).catch((error) => check(error, "no secret")),
        200,
      ),
  },
  {
    name: "that is nested without end is an error of ours",
    async run() {
      for (const [open, close] of [
        ["[", "]"],
        ['{"a":', "}"],
      ] as const) {
        const deep = `${open.repeat(50_000)}1${close.repeat(50_000)}`;
        const receipt = { "Openstack-Auth-Receipt": "receipt" };
        const headers = { "Content-Type": "application/json", ...receipt };
        const bodies = [deep, `{"required_auth_methods":${deep}}`, `{"error":{"message":${deep}}}`];
        for (const text of bodies) {
          const fetch = async () => new Response(text, { status: 401, headers });
          const send = guardedFetch({ fetch });
          const client = createClient((request) => send(request, { kind: "call" }));
          const error = await client.post(url, { json: {} }).catch((thrown: unknown) => thrown);
          assert.instanceOf(error, KeystoneError, `thrown: ${error}`);
        }
      }
    },
  },
];

export default cases;
