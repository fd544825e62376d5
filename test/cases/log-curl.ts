/** `debugFetch` writes what `openstack --debug` shows, and no secret; the global request id goes out. */
import { assert } from "chai";
import { type LogEntry, OptionsError, type SessionOptions } from "keystone-fetch";
import { debugFetch, toCurl } from "keystone-fetch/log";
import type { Case, Env } from "../case.ts";
import { assertHides, secret } from "../fixtures/failures.ts";
import { project, sessionAt, sessionOf } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** A session at a fault server, and the lines that were written. */
function debugging(env: Env, fault: string, options: Partial<SessionOptions> = {}) {
  const lines: string[] = [];
  const server = faulty(env, fault);
  const fetch = debugFetch((line) => lines.push(line));
  return { lines, server, session: sessionAt(server, { fetch, ...options }) };
}

const id = "req-0f2f2f39-ea37-4c5e-9f0c-0d2d7ae4a6f5";
const other = "req-11111111-ea37-4c5e-9f0c-0d2d7ae4a6f5";

/** A fetch that notes the request id that goes out. */
function noting() {
  const ids: (string | null)[] = [];
  const noted: typeof fetch = (input, init) => {
    ids.push(new Headers(init?.headers).get("X-Openstack-Request-Id"));
    return fetch(input, init);
  };
  return { ids, fetch: noted };
}

const cases: readonly Case[] = [
  {
    name: "each request and each reply is a line, retries and the second try after a 401 too",
    async run(env) {
      const { lines, server, session } = debugging(env, "503-once", { retry: 1 });
      await session.token();
      await session.fetch(`${server.at("service-401-once")}/x`);
      assert.deepEqual(
        lines.map((line) => line.replace(/^(REQ: curl -g -i -X \w+|RESP: \[\d+\]).*/, "$1")),
        ["POST", "POST", "GET", "POST", "GET"].flatMap((method, i) => [
          `REQ: curl -g -i -X ${method}`,
          `RESP: [${[503, 201, 401, 201, 200][i]}]`,
        ]),
      );
      assert.match(lines[1] ?? "", /^RESP: \[503\] \d+ ms /);
    },
  },
  {
    name: "a token is shown as its hash, and neither it nor a password is in a line",
    async run(env) {
      const lines: string[] = [];
      const session = sessionOf(env, "demo", {
        scope: project("web"),
        fetch: debugFetch((line) => lines.push(line)),
      });
      const token = await session.token();
      await session.projects();
      await session.revoke();
      const bytes = new TextEncoder().encode(token.id);
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      const digits = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
      const hashes = lines.flatMap(
        (line) => /token: \{SHA256\}([\da-f]{64})/.exec(line)?.[1] ?? [],
      );
      // In the login's reply, the call and the revocation.
      assert.isAtLeast(hashes.length, 3);
      assert.deepEqual([...new Set(hashes)], [digits]);
      assertHides(lines, token.id, env.accounts.demo.password);
      assert.include(lines.join(), "x-openstack-request-id: req-");
    },
  },
  {
    name: "toCurl shows a method, an address, harmless headers, and of others the names",
    async run() {
      const headers = {
        Accept: "text/plain",
        Authorization: `Basic ${btoa(`demo:${secret}`)}`,
        "OpenStack-API-Version": "compute 2.90",
        "OpenStack-MFA-Passcode": secret,
        "X-Service-Token": secret,
      };
      const init = { method: "PUT", headers, body: JSON.stringify({ adminPass: secret }) };
      const url = `https://nova.example/it's/x?name=${secret}&${secret}#${secret}`;
      const lines = [await toCurl(url, init), await toCurl(new Request(url, init))];
      for (const line of lines) {
        assertHides(line, secret, btoa(`demo:${secret}`));
        assert.include(line, "curl -g -i -X PUT 'https://nova.example/it'\\''s/x?name=…&…' -H ");
        assert.include(line, "-H 'accept: text/plain' -H 'authorization: …' ");
        assert.include(line, "-H 'openstack-api-version: compute 2.90'");
        assert.include(line, "-H 'openstack-mfa-passcode: …'");
        assert.match(line, /-H 'x-service-token: \{SHA256\}[\da-f]{64}' -d '…'$/);
      }
      assert.equal(
        await toCurl(new URL("https://nova.example/")),
        "curl -g -i -X GET 'https://nova.example/'",
      );
      assert.equal(await toCurl("//?"), "curl -g -i -X GET '…'");
    },
  },
  {
    name: "a request without a reply is reported, and a writer that throws does no harm",
    async run(env) {
      const { lines, session } = debugging(env, "reset");
      await session.token().catch(() => undefined);
      assert.match(lines.at(-1) ?? "", /^RESP: none after \d+ ms$/);
      const failing = debugFetch(() => {
        throw new Error("full");
      });
      const { session: other } = debugging(env, "ok", { fetch: failing });
      assert.equal((await other.token()).user.name, "demo");
    },
  },
  {
    name: "the global request id goes to Keystone and to services, even from a page",
    async run(env) {
      const { ids, fetch } = noting();
      const session = sessionOf(env, "demo", {
        authUrl: env.keystone,
        scope: project("web"),
        globalRequestId: id,
        fetch,
      });
      await session.projects();
      await session.rescope("unscoped").token();
      assert.deepEqual(ids, [id, id, id, id]);
      if (!env.placement) return;
      const admin = sessionOf(env, "admin", {
        scope: project("admin"),
        globalRequestId: id,
        fetch,
      });
      const placement = await admin.service("placement");
      await placement.get("resource_providers", { headers: { "X-Openstack-Request-Id": other } });
      await placement.get("resource_providers");
      assert.deepEqual(ids.slice(-2), [other, id]);
    },
  },
  {
    name: "without the option there is none, and one that services would ignore is refused",
    async run(env) {
      const { ids, fetch } = noting();
      await sessionAt(faulty(env, "ok"), { fetch }).token();
      assert.deepEqual(ids, [null]);
      for (const globalRequestId of ["mine", id.slice(4), id.toUpperCase(), `${id}0`]) {
        const make = () => sessionAt(faulty(env, "ok"), { globalRequestId });
        assert.throws(make, OptionsError, "globalRequestId");
      }
    },
  },
  {
    name: "control characters of a header do not reach a terminal, and no token in a path",
    async run(env) {
      const lines: string[] = [];
      const token = `gAAAAAB${"x".repeat(60)}`;
      const headers = { Server: "a\u001b[2J\u009b1m", "Content-Type": "text/html\u0007" };
      const own = debugFetch(
        (line) => lines.push(line),
        async () => new Response("", { headers }),
      );
      await own(`https://a.example/v2.0/tokens/${token}`, { headers });
      assert.match(lines.join(), /server: a /);
      assert.notMatch(lines.join(), /\p{Cc}/u);
      assertHides(lines, token);
      const entries: LogEntry[] = [];
      const server = faulty(env, "ok");
      const session = sessionAt(server, { log: (entry) => entries.push(entry) });
      await session.fetch(`${server.url}/v3/tokens/${token}`);
      assertHides(entries, token);
    },
  },
  {
    name: "toCurl shows no token without a name in a query, and nothing of a data: address",
    async run() {
      const token = `gAAAAABm${"x".repeat(60)}`;
      const shown = async (url: string) => (await toCurl(url)).replace("curl -g -i -X GET ", "");
      for (const query of [`${token}=`, `${token}==`, `${token}===`, `a%20${token}=1`]) {
        assert.equal(await shown(`http://x.example/y?${query}`), "'http://x.example/y?…'");
      }
      assert.equal(await shown("http://x.example/y?a=1&b=="), "'http://x.example/y?a=…&…'");
      for (const url of [`data:text/plain,${secret}`, `ftp://x.example/${secret}`]) {
        assert.equal(await shown(url), "'…'");
      }
    },
  },
  {
    name: "a path or a name that repeats the request's own token is not shown",
    async run() {
      const token = "0d2d7ae4a6f50f2f2f39ea374c5e9f0c";
      for (const name of ["X-Auth-Token", "X-Subject-Token"]) {
        const headers = { [name]: token, "User-Agent": `me ${token}` };
        const url = `https://a.example/v2.0/tokens/${token}?${token}=1&page=2`;
        const lines = [await toCurl(url, { headers }), await toCurl(new Request(url, { headers }))];
        await debugFetch(
          (line) => lines.push(line),
          async () => new Response(),
        )(url, { headers });
        assertHides(lines, token);
        for (const line of lines.slice(0, 3)) {
          assert.include(line, "'https://a.example/…?…&page=…'");
        }
      }
    },
  },
  {
    name: "a reply's headers are not shown if they repeat a secret of the request, or hold a token",
    async run() {
      const lines: string[] = [];
      const own = "0d2d7ae4a6f50f2f2f39ea374c5e9f0c";
      const foreign = `gAAAAAB${"x".repeat(60)}`;
      const replies = [
        `a ${own}`,
        `b ${secret}`,
        encodeURIComponent(`c ${secret}`),
        `d ${foreign}`,
      ];
      const names = ["Server", "WWW-Authenticate", "ETag", "X-Openstack-Request-Id"];
      for (const [index, name] of names.entries()) {
        const values = names.map((_, at) => [names[(index + at) % 4] ?? name, replies[at] ?? ""]);
        const fetch = debugFetch(
          (line) => lines.push(line),
          async () => new Response("", { headers: Object.fromEntries(values) }),
        );
        const body = JSON.stringify({ auth: { password: secret } });
        await fetch("https://a.example/", {
          method: "POST",
          headers: { "X-Auth-Token": own },
          body,
        });
        assert.include(lines.at(-1), `${values[0]?.[0]?.toLowerCase()}: …`);
        assert.include(lines.at(-1), `${values[3]?.[0]?.toLowerCase()}: d [redacted]`);
      }
      assertHides(lines, own, secret, foreign);
    },
  },
  {
    name: "a long address is cut before it is searched, and shows no user",
    async run() {
      const long = "eyJa".repeat(500_000);
      const began = performance.now();
      for (const url of [`http://x.example/${long}`, `http://x.example/?${long}=1`]) {
        assert.isBelow((await toCurl(url)).length, 2100);
      }
      assert.isBelow(performance.now() - began, 1000);
      assert.notInclude(await toCurl(`http://${"u".repeat(3000)}@x.example/`), "uuu");
    },
  },
];

export default cases;
