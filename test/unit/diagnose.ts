/**
 * What `diagnose()` concludes from each runtime's messages, and from what a server says about itself.
 */
import { assert } from "chai";
import type { Answer } from "../../src/diagnose/ask.ts";
import { checkClock } from "../../src/diagnose/check-clock.ts";
import { readFailure, type Unreachable } from "../../src/diagnose/failure.ts";
import { identify } from "../../src/diagnose/identify.ts";
import { noReply } from "../../src/transport/network-failure.ts";
import { readRequest } from "../../src/transport/request.ts";
import type { Case } from "../case.ts";

/** An error as a runtime throws it, with its cause's code and words. */
const thrown = (message: string, code = "", cause = ""): Error => {
  const below = Object.assign(new Error(cause), code && { code });
  return new TypeError(message, cause || code ? { cause: below } : undefined);
};

const deno = (words: string): Error =>
  thrown(
    "fetch failed",
    "",
    `error sending request for url (https://tls.cert.example/dns/v2): client error (Connect): ${words}`,
  );

/** As seen in Node 20, Deno 2.9, Bun 1.4, workerd 2026-07-30 and the three browsers. */
const failures: readonly (readonly [Unreachable, readonly Error[]])[] = [
  [
    "dns",
    [
      thrown("fetch failed", "ENOTFOUND", "getaddrinfo ENOTFOUND tls.cert.example"),
      thrown("fetch failed", "EAI_AGAIN", "getaddrinfo EAI_AGAIN tls.cert.example"),
      deno("dns error: failed to lookup address information: Name or service not known"),
      Object.assign(new TypeError("getaddrinfo ENOTFOUND tls.cert.example"), { code: "ENOTFOUND" }),
    ],
  ],
  [
    "refused",
    [
      thrown("fetch failed", "ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:9"),
      deno("tcp connect error: Connection refused (os error 111)"),
      Object.assign(new TypeError("Unable to connect."), { code: "ConnectionRefused" }),
    ],
  ],
  [
    "tls",
    [
      thrown("fetch failed", "DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"),
      thrown("fetch failed", "CERT_HAS_EXPIRED", "certificate has expired"),
      thrown("fetch failed", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first one"),
      thrown("fetch failed", "SELF_SIGNED_CERT_IN_CHAIN"),
      thrown("fetch failed", "ERR_TLS_CERT_ALTNAME_INVALID"),
      thrown("fetch failed", "ERR_SSL_WRONG_VERSION_NUMBER"),
      deno("invalid peer certificate: UnknownIssuer"),
      deno("received corrupt message of type InvalidContentType"),
      Object.assign(new TypeError("The TLS handshake failed."), { code: "EPROTO" }),
    ],
  ],
  [
    "reset",
    [
      thrown("fetch failed", "ECONNRESET", "read ECONNRESET"),
      thrown("fetch failed", "UND_ERR_SOCKET", "other side closed"),
      deno("connection closed before message completed"),
      deno("tcp connect error: Connection reset by peer (os error 104)"),
    ],
  ],
  ["timeout", [thrown("fetch failed", "UND_ERR_CONNECT_TIMEOUT"), deno("operation timed out")]],
  [
    "offline",
    [
      thrown("fetch failed", "ENETUNREACH", "connect ENETUNREACH 192.0.2.1:443"),
      thrown("fetch failed", "EHOSTUNREACH"),
      deno("tcp connect error: Network is unreachable (os error 101)"),
    ],
  ],
  [
    "blocked",
    [
      Object.assign(new Error('Requires net access to "tls.cert.example:443"'), {
        name: "NotCapable",
      }),
      thrown("fetch failed", "", "bad port"),
      new TypeError("Fetch failed: Requests to port 9 are blocked"),
    ],
  ],
  [
    "unreachable",
    [
      new TypeError("Failed to fetch"),
      new TypeError("NetworkError when attempting to fetch resource."),
      new TypeError("Load failed"),
      new Error("Network connection lost."),
      new Error("internal error; reference = 0en27iqr02g5cqmbei80uu1l"),
      thrown("fetch to tls.cert.example"),
    ],
  ],
];

const now = Date.UTC(2026, 0, 1);

const answer = (body: unknown, more: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: new Headers(),
  text: typeof body === "string" ? body : JSON.stringify(body),
  sentAt: now,
  receivedAt: now,
  ...more,
});

const at = "https://cloud.example/identity/";
const v3 = "https://cloud.example/identity/v3";
const typed = (id: string, service: string): object => ({
  id,
  "media-types": [{ type: `application/vnd.openstack.${service}+json` }],
});

/** Answers to a GET, and who gave them. */
const answers: readonly (readonly [expected: ReturnType<typeof identify>, Answer])[] = [
  [{ v3 }, answer({ version: { id: "v3.14" } })],
  [{ v3 }, answer({ versions: { values: [{ id: "v2.0" }, { id: "v3.8" }] } }, { status: 300 })],
  [{ v3 }, answer({ versions: [typed("v3.14", "identity-v3")] })],
  [{ v3 }, answer({ versions: [typed("v3.0", "volume"), typed("v3.14", "identity-v3")] })],
  [{ kind: "other" }, answer({ versions: [typed("v3.0", "volume")] })],
  [{ kind: "v2" }, answer({ versions: [{ id: "v2.0" }] })],
  [{ kind: "v2" }, answer({ versions: [typed("v2.0", "identity-v2.0")] })],
  [{ kind: "other" }, answer({ versions: [{ id: "v2.0" }, { id: "v2.1" }] })],
  [{ kind: "other" }, answer({ versions: [] })],
  [{ kind: "other" }, answer({ versions: [{ id: 3 }] })],
  [{ kind: "other" }, answer(null)],
  [{ kind: "other" }, answer("")],
  [{ kind: "other" }, answer({ version: { id: "v3.14" } }, { status: 401 })],
  [{ kind: "web-page" }, answer(" <!doctype html>")],
  [
    { kind: "web-page" },
    answer("Log in", { headers: new Headers({ "Content-Type": "text/html" }) }),
  ],
  [{ kind: "web-page" }, answer("<h1>Forbidden</h1>", { status: 403 })],
  [{ kind: "other" }, answer("<h1>Not Found</h1>", { status: 404 })],
  [{ kind: "unavailable" }, answer("<h1>Bad Gateway</h1>", { status: 502 })],
  [{ kind: "unavailable" }, answer({ version: { id: "v3.14" } }, { status: 503 })],
  [{ kind: "unavailable" }, answer({}, { status: 429 })],
  [{ kind: "redirect" }, answer("", { status: 302 })],
  [{ kind: "redirect" }, answer("", { status: 0 })],
];

/** Seconds by which the server's clock is off, those a cache kept the answer, and what is found. */
const clocks: readonly (readonly [off: number, age: string, found: number | undefined])[] = [
  [0, "", undefined],
  [59, "", undefined],
  [-59, "", undefined],
  [120, "", 120],
  [-7200, "", -7200],
  [-7200, "7200", undefined],
  [-7200, "x", -7200],
];

const cases: readonly Case[] = [
  ...failures.map(([reason, errors]) => ({
    name: `a fetch that failed with the words of each runtime is told as ${reason}`,
    run() {
      for (const error of errors) {
        assert.equal(readFailure(error), reason, error.message);
      }
    },
  })),
  ...failures.map(([reason, errors]) => ({
    name: `a TransportError with the words of each runtime has this reason: ${reason}`,
    async run() {
      const request = await readRequest("https://tls.cert.example/dns/v2", undefined);
      const nothing = { values: [], complete: true };
      const expected = ["unreachable", "blocked"].includes(reason) ? undefined : reason;
      for (const error of errors) {
        assert.equal(noReply(request, error, nothing).reason, expected, error.message);
      }
    },
  })),
  {
    name: "what is thrown and no error says nothing",
    run() {
      for (const error of [undefined, null, "TLS", { code: "ENOTFOUND" }]) {
        assert.equal(readFailure(error), "unreachable");
      }
    },
  },
  {
    name: "a server is told by its answer to a GET",
    run() {
      for (const [expected, given] of answers) {
        assert.deepEqual(identify(given, at), expected, `${given.status} ${given.text}`);
      }
    },
  },
  {
    name: "a clock is far off only beyond a minute, and a cache's answer is older",
    run() {
      for (const [off, age, found] of clocks) {
        const date = new Date(now + off * 1000).toUTCString();
        const headers = new Headers({ Date: date, ...(age && { Age: age }) });
        const told = checkClock(answer({}, { headers }));
        assert.equal(told?.code, found === undefined ? undefined : "clock");
        // A Date has no fractions of a second.
        if (found !== undefined) assert.closeTo(told?.clockOffset ?? 0, found, 1);
      }
      assert.isUndefined(checkClock(answer({})));
      assert.isUndefined(checkClock(answer({}, { headers: new Headers({ Date: "x" }) })));
    },
  },
];

export default cases;
