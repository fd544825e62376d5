/** How long a call may take, who may abort it, and what the browser may keep of it. */
import { assert } from "chai";
import { type Session, type SessionOptions, TransportError } from "keystone-fetch";
import { projects, users } from "keystone-fetch/identity";
import type { Case, Env } from "../case.ts";
import { runtimes } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import { project, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** Every call that takes a signal. */
const calls: Record<string, (session: Session, signal: AbortSignal) => Promise<unknown>> = {
  authenticate: (session, signal) => session.authenticate(undefined, { signal }),
  token: (session, signal) => session.token({ signal }),
  projects: (session, signal) => session.projects({ signal }),
  domains: (session, signal) => session.domains({ signal }),
  endpoint: (session, signal) => session.endpoint("compute", { signal }),
  "endpoint identity": (session, signal) => session.endpoint("identity", { signal }),
  service: (session, signal) => session.service({ type: "compute", version: 2 }, { signal }),
  fetch: (session, signal) => session.fetch("https://x.example/", { signal }),
  rescoped: (session, signal) => session.rescope("unscoped").token({ signal }),
};

/** Deadlines that are reached however often a call is tried. */
const hangs: Record<string, [fault: string, options: Partial<SessionOptions>, requests: number]> = {
  "one try": ["slow-headers", { timeout: 1500, retry: 0 }, 1],
  "a second try": ["slow-headers", { timeout: 1500, retry: 5 }, 2],
  "a body that stalls": ["slow-body", { timeout: 1500, retry: 0 }, 1],
  "the whole call": ["slow-headers", { totalTimeout: 1500, timeout: false, retry: 5 }, 1],
  "a wait that is asked for": ["503-while", { totalTimeout: 1500, retry: 5 }, 1],
};

/** Calls of the Identity API, each of which reads its answer in its own way. */
const identityCalls: Record<string, (session: Session) => Promise<unknown>> = {
  "a list": (session) => users.list(session),
  "one record": (session) => users.get(session, "x"),
  "a change": (session) => users.update(session, "x", { enabled: false }),
  "a deletion": (session) => users.delete(session, "x"),
  "a check": (session) => projects.hasTag(session, "x", "tag"),
  "a name": (session) => users.list(session, { domain_id: { name: "Default" } }),
};

const cases: readonly Case[] = [
  ...Object.entries(identityCalls).map(([what, call]) => ({
    name: `an answer that drips for ever has a deadline: ${what}`,
    async run(env: Env) {
      const server = faulty(env, "ok");
      const identity = `${server.at("service-drip")}/v3`;
      const options = { timeout: 300, retry: 0, endpointOverrides: { identity } };
      const error = await failure(call(sessionAt(server, options)), TransportError);
      assert.include(error.message, "timed out");
    },
  })),
  ...Object.entries(hangs).map(([what, [fault, options, requests]]) => ({
    name: `a login has a deadline: ${what}`,
    async run(env: Env) {
      const server = faulty(env, fault);
      await failure(sessionAt(server, options).token(), TransportError);
      assert.lengthOf(await server.log(), requests);
    },
  })),
  ...["discovery that hangs", "a login that hangs"].flatMap((what) =>
    Object.entries(calls).map(([name, call]) => ({
      name: `${what} is given up by the signal of ${name}()`,
      async run(env: Env) {
        const isDiscovery = what.startsWith("discovery");
        const server = faulty(env, isDiscovery ? "slow-headers@all" : "slow-headers");
        const authUrl = isDiscovery ? server.url : `${server.url}/v3`;
        const session = sessionAt(server, { authUrl });
        // It needs no token, so nothing hangs before it.
        if (!isDiscovery && name === "endpoint identity") return;
        const reason = { gone: name };
        const controller = new AbortController();
        const asked = outcome(call(session, controller.signal));
        setTimeout(() => controller.abort(reason), 50);
        assert.strictEqual(await asked, reason);
        const before = AbortSignal.abort(reason);
        assert.strictEqual(await outcome(call(session, before)), reason);
      },
    })),
  ),
  {
    name: "restore() and revoke() can be aborted while the session is busy",
    async run(env) {
      const session = sessionAt(faulty(env, "slow-headers"), { timeout: 1500 });
      const login = outcome(session.token());
      const reason = { gone: true };
      for (const call of [session.restore, session.revoke]) {
        const controller = new AbortController();
        const asked = outcome(call({ signal: controller.signal }));
        setTimeout(() => controller.abort(reason), 20);
        assert.strictEqual(await asked, reason);
      }
      assert.instanceOf(await login, TransportError);
    },
  },
  {
    name: "bytes(), formData() and clone() of a body that breaks off are TransportErrors",
    // WebKit treats it as a short body.
    only: runtimes.filter((runtime) => runtime !== "webkit"),
    async run(env) {
      const server = faulty(env, "reset-body@users");
      const session = sessionAt(server);
      const get = () => session.fetch(`${server.url}/v3/users`);
      const response = await get();
      if ("bytes" in response) await failure(response.bytes(), TransportError);
      await failure((await get()).formData(), TransportError);
      await failure((await get()).clone().text(), TransportError);
      await failure((await get()).clone().clone().arrayBuffer(), TransportError);
    },
  },
  {
    name: "a form, bytes and a clone of a good body are complete",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const get = () => session.fetch(`${server.at("service-ok")}/x`);
      const response = await get();
      const copy = response.clone();
      assert.deepEqual(await copy.json(), await response.json());
      if ("bytes" in response) assert.isAbove((await (await get()).bytes()).length, 10);
      await outcome((await get()).formData());
    },
  },
  {
    name: "what a service lets caches keep is requested again after a sign-out",
    async run(env) {
      const server = faulty(env, "ok");
      const url = `${server.at("service-cached")}/things`;
      for (let round = 0; round < 2; round++) {
        const session = sessionAt(server, { scope: project("demo") });
        const keystone = await session.service("identity");
        await (await session.fetch(url)).json();
        await keystone.extend({ prefix: "" }).get(url).json();
        await session.revoke();
      }
      const asked = (await server.log()).filter(({ fault }) => fault === "service-cached");
      assert.lengthOf(asked, 4);
    },
  },
];

export default cases;
