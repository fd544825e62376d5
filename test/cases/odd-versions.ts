/** Services that tell their versions only at some addresses, or to those who ask in a certain way. */
import { assert } from "chai";
import { discover, findEndpoints, type Session } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { changing, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

type Answer = (url: string, init: RequestInit | undefined) => Response | undefined;

/** A session in whose catalog a service is at this address, and what answers there. */
function sessionWith(env: Env, type: string, urls: readonly string[], answer: Answer) {
  const asked: string[] = [];
  const endpoints = urls.map((url, index) => {
    return {
      id: `${index}`,
      interface: "public",
      region: "one",
      url,
      description: "as some have it",
    };
  });
  const keystone = changing((token) => {
    token.catalog = [{ id: "s", type, name: "", endpoints }];
  });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = String(input);
    const response = answer(url, init);
    if (!response) return keystone(input, init);
    asked.push(url);
    return response;
  };
  return { session: sessionAt(faulty(env, "ok"), { fetch }), asked };
}

const range = { min_version: "1.0", max_version: "1.1" };
const v1 = {
  id: "v1",
  status: "CURRENT",
  links: [{ rel: "self", href: "http://service.example/v1/" }],
};
const microversionOf = async (session: Session, type: string, microversion: string) => {
  const client = await session.service({ type, microversion });
  return (await client.get("sent")).text();
};
const sent = (init: RequestInit | undefined) =>
  new Response(new Headers(init?.headers).get("OpenStack-API-Version"));

const cases: readonly Case[] = [
  {
    name: "Barbican tells its microversions only to those who send one",
    async run(env) {
      const { session } = sessionWith(
        env,
        "key-manager",
        ["http://service.example/v1"],
        (url, init) => {
          if (!url.startsWith("http://service.example")) return undefined;
          if (url.endsWith("/sent")) return sent(init);
          const knows = new Headers(init?.headers).has("OpenStack-API-Version");
          return Response.json({ versions: { values: [{ ...v1, ...(knows && range) }] } });
        },
      );
      assert.equal(await microversionOf(session, "key-manager", "1.1"), "key-manager 1.1");
    },
  },
  ...[404, 403, 200].map(
    (status): Case => ({
      name: `the root is asked where a version answers ${status} and no document`,
      async run(env) {
        const { session } = sessionWith(env, "ml", ["http://service.example/v1"], (url, init) => {
          if (!url.startsWith("http://service.example")) return undefined;
          if (url.endsWith("/sent")) return sent(init);
          const isRoot = url === "http://service.example/";
          return isRoot
            ? Response.json({ versions: [{ ...v1, ...range }] })
            : new Response("<p>no</p>", { status, headers: { "Content-Type": "text/html" } });
        });
        assert.equal(await microversionOf(session, "ml", "1.1"), "ml 1.1");
      },
    }),
  ),
  {
    name: "those who ask for a microversion at the same time ask the service once",
    async run(env) {
      const { session, asked } = sessionWith(env, "ml", ["http://service.example/v1"], (url) =>
        url.startsWith("http://service.example")
          ? Response.json({ version: { ...v1, ...range } })
          : undefined,
      );
      const query = { type: "ml", microversion: "1.1" };
      await Promise.all([1, 2, 3, 4, 5].map(() => session.service(query)));
      assert.lengthOf(asked, 1);
    },
  },
  {
    name: "a question for versions follows its host to https",
    async run(env) {
      const answer: Answer = (url) => {
        if (url.startsWith("http://service.example")) {
          const headers = { Location: url.replace("http:", "https:") };
          return new Response(null, { status: 301, headers });
        }
        return url.startsWith("https://service.example")
          ? Response.json({ version: { ...v1, ...range } })
          : undefined;
      };
      const { session } = sessionWith(env, "ml", ["http://service.example/v1"], answer);
      await session.service({ type: "ml", microversion: "1.1" });
      const fetch: typeof globalThis.fetch = async (input) =>
        answer(String(input), undefined) as Response;
      const [first] = await discover("http://service.example/v1", { fetch });
      assert.equal(first?.id, "v1");
    },
  },
  {
    name: "each endpoint that was found is a query for itself",
    async run(env) {
      const urls = ["http://one.example/v1", "http://two.example/v1"];
      const { session } = sessionWith(env, "ml", urls, () => undefined);
      const { catalog } = await session.token();
      const found = findEndpoints(catalog, "ml");
      assert.lengthOf(found, 2);
      for (const endpoint of found) {
        assert.deepEqual(await session.endpoint(endpoint as never), endpoint);
        assert.deepEqual(findEndpoints(catalog, endpoint as never), [endpoint]);
      }
      const own = await session.endpoint("identity");
      assert.deepEqual(await session.endpoint(own as never), own);
    },
  },
];

export default cases;
