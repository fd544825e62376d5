/** session.fetch: it sends the token, with any body, and only where it may. */
import { assert } from "chai";
import { TransportError, UnauthorizedError, UntrustedOriginError } from "keystone-fetch";
import { type Case, type Env, isPage, runtimes } from "../case.ts";
import { assertHides, failure, outcome, secret } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

const form = () => {
  const data = new FormData();
  data.set("name", "a value");
  data.set("file", new Blob(["a file"], { type: "text/x-file" }), "name.txt");
  return data;
};

/** A body of each kind, and what arrives of it. */
const bodies: Record<string, [() => BodyInit, RegExp, RegExp]> = {
  "a text": [() => "some text", /^some text$/, /^text\/plain/],
  "a form": [
    form,
    /name="name"\r\n\r\na value.*filename="name.txt".*a file/s,
    /^multipart\/form-data/,
  ],
  "a blob": [() => new Blob(["a blob"], { type: "text/x-blob" }), /^a blob$/, /^text\/x-blob$/],
  "a buffer": [() => new TextEncoder().encode("a buffer").buffer, /^a buffer$/, /^/],
  "an array": [() => new TextEncoder().encode("an array"), /^an array$/, /^/],
  "a query": [
    () => new URLSearchParams({ a: "b c" }),
    /^a=b\+c$/,
    /^application\/x-www-form-urlencoded/,
  ],
};

/** The requests to the services, without logins. */
const calls = async (server: Faulty) =>
  (await server.log()).filter(({ path }) => !path.startsWith("/v3/auth"));

const logins = async (server: Faulty) =>
  (await server.log()).filter(({ method, path }) => method === "POST" && path === "/v3/auth/tokens")
    .length;

const stream = () => new Blob(["a stream"]).stream();

const cases: readonly Case[] = [
  ...Object.entries(bodies).map(([what, [make, body, type]]) => ({
    name: `${what} is sent once more, whole, with the new token`,
    async run(env: Env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const url = `${server.at("service-401-once")}/things?limit=1`;
      const service = await session.service("service-401-once");
      const asks = [
        () => session.fetch(url, { method: "PUT", body: make() }),
        () => service.put("things?limit=1", { body: make() }),
      ];
      // WebKit can't read a form with files back from a Request.
      const isUnreadable = env.runtime === "webkit" && what === "a form";
      if (!isUnreadable)
        asks.push(() => session.fetch(new Request(url, { method: "PUT", body: make() })));
      for (const ask of asks) {
        const answer = await (await ask()).json();
        assert.deepInclude(answer, { method: "PUT", path: "/things?limit=1", token: true });
        assert.match(answer.body, body);
        // Bun sends text without a type.
        const untyped = env.runtime === "bun" && what === "a text";
        assert.match(answer.contentType ?? "", untyped ? /^$/ : type);
      }
      const [refused, taken, ...others] = await calls(server);
      // A form is encoded again each time, with another boundary.
      const plain = (text = "") => text.replace(/-{2,}[\w-]+/g, "");
      assert.equal(plain(taken?.body), plain(refused?.body));
      assert.notEqual(taken?.token, refused?.token);
      // All but the first had a good token.
      assert.deepEqual([others.length, await logins(server)], [asks.length - 1, 2]);
    },
  })),
  {
    name: "a request of the caller's own does not get to know the token",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const { id } = await session.token();
      const url = `${server.at("service-ok")}/things`;
      const request = new Request(url, { method: "PUT", body: "a text" });
      const answer = await (await session.fetch(request)).json();
      assert.deepInclude(answer, { body: "a text", token: true });
      assert.notInclude([...request.headers].flat(), id);
    },
  },
  {
    name: "a body that breaks off is a TransportError, however it is read",
    // WebKit treats it as a short body.
    only: runtimes.filter((runtime) => runtime !== "webkit"),
    async run(env) {
      const server = faulty(env, "reset-body@users");
      const session = sessionAt(server);
      for (const read of ["text", "json", "blob", "arrayBuffer"] as const) {
        const answer = await session.fetch(`${server.url}/v3/users`);
        assert.equal(answer.status, 200);
        await failure(answer[read](), TransportError);
      }
      const keystone = await session.service("identity");
      await failure(keystone.get("users").blob(), TransportError);
    },
  },
  {
    name: "invalid JSON is a SyntaxError, as with any fetch",
    async run(env) {
      const server = faulty(env, "html@users");
      const answer = await sessionAt(server).fetch(`${server.url}/v3/users`);
      assert.equal(Object(await outcome(answer.json())).name, "SyntaxError");
    },
  },
  {
    name: "a stream is sent, but not again: it is gone",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const send = (service: string) => {
        const init = { method: "POST", body: stream(), duplex: "half" };
        return session.fetch(`${server.at(service)}/things`, init as RequestInit);
      };
      if (env.runtime === "firefox") {
        // Here a stream does not count as a body, and becomes text like any other object.
        const { body } = await (await send("service-ok")).json();
        assert.equal(body, "[object ReadableStream]");
        return;
      }
      if (isPage(env)) {
        // The others send no streams over HTTP/1.1.
        await failure(send("service-ok"), TransportError);
        return;
      }
      assert.equal((await (await send("service-ok")).json()).body, "a stream");
      await failure(send("service-401-once"), UnauthorizedError);
      // But the next one has a new token.
      assert.equal((await (await send("service-401-once")).json()).body, "a stream");
    },
  },
  {
    name: "no token goes to an origin that nobody trusts",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const { id } = await session.token();
      const tag = server.url.split("/").at(-1);
      const url = `${env.foreign}/service-ok/${tag}/things`;
      const error = await failure(
        session.fetch(url, { method: "POST", body: secret }),
        UntrustedOriginError,
      );
      assert.include(error.message, env.foreign);
      assertHides(error, id);
      // The same host with another port, and names that only look like a good one.
      for (const other of [
        env.closed,
        "https://127.0.0.1",
        env.control.replace("127.0.0.1", "127.0.0.1.example"),
        "data:,x",
      ]) {
        await failure(session.fetch(other), UntrustedOriginError);
      }
      assert.isEmpty(await server.foreignLog());
      const trusting = sessionAt(server, { trustedOrigins: [`${env.foreign}/anything`] });
      assert.isTrue((await (await trusting.fetch(url)).json()).token);
      const overriding = sessionAt(server, { endpointOverrides: { compute: url } });
      const compute = await overriding.service("compute");
      assert.deepInclude(await compute.get("x").json<object>(), { path: "/things/x", token: true });
      assert.lengthOf(await server.foreignLog(), 2);
    },
  },
  {
    name: "a token of the caller's own does not replace the session's",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const { id } = await session.token();
      const headers = { "X-Auth-Token": "0a74-of-the-caller", "X-Other": "kept" };
      await session.fetch(`${server.at("service-ok")}/things`, { headers }).catch(() => undefined);
      for (const call of await calls(server)) {
        assert.equal(call.token, id);
        assert.include(call.headers, "x-other");
      }
    },
  },
];

export default cases;
