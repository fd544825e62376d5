/** A Keystone that loses its keys, or that goes down and comes back in the middle of calls. */
import { assert } from "chai";
import { ConflictError, ForbiddenError, TransportError } from "keystone-fetch";
import { type Case, inLane, pages, type Runtime } from "../case.ts";
import { during, login, project, sessionOf, shortLived } from "../fixtures/sessions.ts";
import { trouble, troubled } from "../server/client.ts";

/** A fetch that records the outcome of its requests. */
function watchedFetch() {
  /** What was answered each time that a region's creation was sent, by its id; 0 is nothing. */
  const creations = new Map<string, number[]>();
  /** The tokens that were answered 401. */
  const refused = new Set<string | null>();
  const watched: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const creates = request.method === "POST" && request.url.endsWith("/regions");
    const id = creates && (await request.clone().json()).region.id;
    const answers = creations.get(id) ?? [];
    if (creates) creations.set(id, answers);
    const index = answers.push(0) - 1;
    const response = await fetch(input, init);
    answers[index] = response.status;
    if (response.status === 401) refused.add(request.headers.get("X-Auth-Token"));
    return response;
  };
  return { creations, refused, fetch: watched };
}

/** How a call may end when its Keystone goes down and comes up. */
const endings = (runtime: Runtime) => [
  TransportError,
  // It answers this to some of the first concurrent requests, before it has read its rules.
  ForbiddenError,
  // A browser by itself repeats a request that failed on a reused connection.
  ...(pages.includes(runtime) ? [ConflictError] : []),
];

const cases: readonly Case[] = [
  {
    name: "keys rotated away: each session logs in once, and every call succeeds",
    only: ["node"], // Keystone takes seconds to come up, and to a client this is a 401 like any other
    async run(env) {
      const world = troubled(env);
      // For these sessions, tokens never expire, however long it takes.
      const fetch = shortLived(3600);
      const sessions = [
        sessionOf(world, "demo", { scope: "unscoped", fetch }),
        sessionOf(world, "demo", { scope: project("web"), fetch }),
        sessionOf(world, "dora", { fetch }),
        sessionOf(world, "researchDemo", { scope: project("genome", "research"), fetch }),
        sessionOf(world, "admin", { scope: project("admin"), fetch }),
      ];
      const child = sessions[0].rescope(project("data"));
      const before = await Promise.all(sessions.map((session) => session.token()));
      await child.token();
      await trouble(world, "rotate");
      const get = "GET keystone /v3/auth/projects";
      // Its parent's token is tried before the password: nobody told the parent yet.
      const byChild = await during(world, () => child.projects());
      assert.deepEqual(byChild, [get, login, login, get]);
      const sent = await during(world, async () => {
        const calls = sessions.flatMap((session) => [session, session, session]);
        const lists = await Promise.all(calls.map((session) => session.projects()));
        for (const list of lists) assert.isNotEmpty(list);
      });
      assert.lengthOf(
        sent.filter((line) => line === login),
        sessions.length,
      );
      const after = await Promise.all(sessions.map((session) => session.token()));
      for (const [index, { id }] of after.entries()) assert.notEqual(id, before[index]?.id);
    },
  },
  {
    name: "restarted in the middle of 200 calls: each ends, and nothing is created twice",
    only: ["node", "chromium"], // for the same time's sake; a browser sends things again by itself
    async run(env) {
      const world = troubled(env);
      const { creations, refused, fetch } = watchedFetch();
      const session = sessionOf(world, "admin", { scope: project("admin"), fetch });
      const errors: unknown[] = [];
      const stop = session.subscribe(() => {
        const { state } = session;
        const rejected = state.status === "expired" && state.reason === "rejected";
        if (rejected && !refused.has(state.token.id)) errors.push(new Error("nobody refused it"));
      });
      const keystone = await session.service("identity");
      const prefix = `case-${crypto.randomUUID()}`;
      const created: string[] = [];
      const calls = [
        async (id: string) => {
          const json = { region: { id } };
          const { region } = await keystone.post("regions", { json }).json<typeof json>();
          assert.equal(region.id, id);
          created.push(id);
        },
        async () => {
          const { region } = await keystone.get("regions/RegionOne").json<{ region: object }>();
          assert.propertyVal(region, "id", "RegionOne");
        },
      ];
      let [begun, longest] = [0, 0];
      let restart: Promise<void> | undefined;
      const lane = async () => {
        while (begun < 200) {
          const began = Date.now();
          const number = begun++;
          if (number === 70) restart = trouble(world, "restart");
          await calls[number % 2]?.(`${prefix}-${number}`).catch((error) => errors.push(error));
          longest = Math.max(longest, Date.now() - began);
        }
      };
      const reached = await during(world, () => Promise.all(Array.from({ length: 10 }, lane)));
      await restart;
      stop();

      assert.isBelow(longest, 35_000); // a call has 30 s in all
      for (const error of errors) {
        if (!endings(env.runtime).some((type) => error instanceof type)) throw error;
      }
      // Requests that were sent again had not been executed before: their token was refused.
      for (const [id, answers] of creations) {
        assert.isTrue(
          answers.slice(0, -1).every((status) => status === 401),
          `${id} was answered ${answers}`,
        );
      }
      const posts = reached.filter((line) => line === "POST keystone /v3/regions").length;
      if (!pages.includes(env.runtime))
        assert.isAtMost(posts, [...creations.values()].flat().length);
      const { regions } = await keystone.get("regions").json<{ regions: { id: string }[] }>();
      const there = regions.map(({ id }) => id).filter((id) => id.startsWith(prefix));
      assert.includeMembers(there, created);
      assert.includeMembers([...creations.keys()], there);
      assert.isNotEmpty(await session.projects());
    },
  },
];

export default inLane("troubled", cases);
