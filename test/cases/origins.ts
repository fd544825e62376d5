/** A token goes to trusted http and https origins, and to no other address whatsoever. */
import { assert } from "chai";
import { UntrustedOriginError } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure, outcome } from "../fixtures/failures.ts";
import { project, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const opaque = [
  "data:text/plain,x",
  "unix:/run/nova.sock",
  "unix:/run/other.sock",
  "file:///etc/hosts",
  "foo:bar",
  "s3://bucket/key",
  "javascript:0",
];

/** A session whose fetch records its calls, and passes on those that are http. */
function listening(env: Env, fault: string) {
  const seen: string[] = [];
  const server = faulty(env, fault);
  const session = sessionAt(server, {
    scope: project("demo"),
    fetch: async (input, init) => {
      seen.push(String(input));
      return String(input).startsWith("http") ? fetch(input, init) : new Response("{}");
    },
  });
  return { server, session, seen };
}

const cases: readonly Case[] = [
  {
    name: "an opaque address in a catalog makes no other address trusted",
    async run(env) {
      const { session, seen } = listening(env, "opaque-catalog");
      const { id } = await session.token();
      const inner = [`blob:${env.foreign}/0a74`, `blob:${env.control}/0a74`, `${env.foreign}/x`];
      for (const url of [...opaque, ...inner]) {
        const error = await failure(session.fetch(url), UntrustedOriginError);
        assertHides(error, id);
        await failure(session.fetch(new URL(url)), UntrustedOriginError);
      }
      assert.lengthOf(seen, 1);
      // An http address in the catalog still gets it.
      const compute = await session.service("compute");
      assert.isTrue((await compute.get("x").json<{ token: boolean }>()).token);
    },
  },
  {
    name: "a page can't add an origin to a token's catalog: it is deeply frozen",
    async run(env) {
      const { session, server } = listening(env, "ok");
      const { catalog } = await session.token();
      const frozen = (value: unknown): boolean =>
        typeof value !== "object" ||
        value === null ||
        (Object.isFrozen(value) && Object.values(value).every(frozen));
      assert.isTrue(frozen(catalog));
      const [service = assert.fail()] = catalog;
      const [endpoint] = service.endpoints;
      for (const change of [
        () => (catalog as unknown[]).push({}),
        () => (service.endpoints as unknown[]).push({ url: env.foreign }),
        () => Object.assign(endpoint ?? {}, { url: env.foreign }),
        () => Object.assign(session.state, { token: {} }),
      ]) {
        assert.instanceOf(await outcome(change), TypeError);
      }
      await failure(session.fetch(`${env.foreign}/x`), UntrustedOriginError);
      assert.isEmpty(await server.foreignLog());
    },
  },
  {
    name: "a wildcard, a prefix, a suffix or another port of an origin is another origin",
    async run(env) {
      const { session, server, seen } = listening(env, "ok");
      await session.token();
      const { hostname, port } = new URL(server.url);
      for (const url of [
        `http://${hostname}.evil.example:${port}/`,
        `http://${hostname}:${Number(port) + 1}/`,
        `https://${hostname}:${port}/`,
        `http://localhost:${port}/`,
        `http:\\\\${new URL(env.foreign).host}\\`,
      ]) {
        await failure(session.fetch(url), UntrustedOriginError);
      }
      assert.lengthOf(seen, 1);
    },
  },
  {
    name: "a trusted origin is trusted in full, and no more than it says",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server, { trustedOrigins: [`${env.foreign}/some/path`] });
      const url = `${env.foreign}/service-ok/${crypto.randomUUID()}/x`;
      const told = await (await session.fetch(url)).json();
      assert.isTrue(told.token);
      await failure(session.fetch("https://elsewhere.example/"), UntrustedOriginError);
    },
  },
];

export default cases;
