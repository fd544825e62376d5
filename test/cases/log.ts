/**
 * `log` is called with each request that was sent, and with no secret; `endsAt` says when a token
 * ends.
 */
import { assert } from "chai";
import { type LogEntry, type Session, type SessionOptions, TransportError } from "keystone-fetch";
import { type Case, type Env, isPage } from "../case.ts";
import { assertHides, failure, outcome } from "../fixtures/failures.ts";
import { living, project, sessionAt, sessionOf, sleep } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

/** A session at a fault server, and the entries of its log. */
function logging(env: Env, fault: string, options: Partial<SessionOptions> = {}) {
  const entries: LogEntry[] = [];
  const server: Faulty = faulty(env, fault);
  const log = (entry: LogEntry) => entries.push(entry);
  const session = sessionAt(server, { scope: project("demo"), log, ...options });
  return { entries, server, session };
}

/** A secret of the caller's own, in an address. */
const inQuery = "w0rd-of-a-query";

const told = (entries: readonly LogEntry[]) =>
  entries.map(({ kind, method, status, attempt }) => `${kind} ${method} ${status} ${attempt}`);

const cases: readonly Case[] = [
  {
    name: "one entry a request, by what it was for, in the order in which they ended",
    async run(env) {
      const { entries, session, server } = logging(env, "ok");
      const cold = sessionAt(server, { authUrl: server.url, log: (entry) => entries.push(entry) });
      await cold.projects();
      await session.fetch(`${server.at("service-401-once")}/x?password=${inQuery}#${inQuery}`);
      await session.revoke();
      assert.deepEqual(told(entries), [
        "discovery GET 300 1",
        "login POST 201 1",
        "call GET 200 1",
        "login POST 201 1",
        "call GET 401 1",
        "login POST 201 1",
        "call GET 200 2",
        "call DELETE 204 1",
      ]);
      for (const entry of entries) {
        assert.isTrue(Object.isFrozen(entry));
        assert.isAtLeast(entry.milliseconds, 0);
        assert.match(entry.requestId ?? "", /^req-/);
        assert.notMatch(entry.url, /[?#]/);
        assertHides(entry, inQuery, "gAAAAAB");
      }
      assert.lengthOf(entries, (await server.log()).length);
    },
  },
  {
    name: "retries count up, and a request without a reply has a code in place of a status",
    async run(env) {
      const busy = logging(env, "503-twice", { retry: 2 });
      await busy.session.token();
      assert.deepEqual(told(busy.entries), [
        "login POST 503 1",
        "login POST 503 2",
        "login POST 201 3",
      ]);
      const cut = logging(env, "reset");
      await failure(cut.session.token(), TransportError);
      const [entry] = cut.entries;
      assert.deepInclude(entry, { code: "Transport", attempt: 1, kind: "login" });
      assert.isFalse(Object.hasOwn(entry ?? {}, "status"));
    },
  },
  {
    name: "the caller's own abort is logged as one",
    async run(env) {
      const { entries, session } = logging(env, "slow-headers");
      const controller = new AbortController();
      const asked = outcome(session.token({ signal: controller.signal }));
      setTimeout(() => controller.abort(), 100);
      await asked;
      // The request ends after its caller's wait.
      for (let turn = 0; turn < 100 && entries.length === 0; turn++) await sleep(20);
      assert.deepEqual(
        entries.map(({ code }) => code),
        ["Aborted"],
      );
    },
  },
  {
    name: "the hops of a redirect are requests of their own",
    async run(env) {
      const { entries, session } = logging(env, "redirect-307");
      if (isPage(env)) {
        // All that it sees of a redirect is that it is one.
        await failure(session.token(), TransportError);
        return;
      }
      await session.token();
      assert.deepEqual(
        entries.map(({ status }) => status),
        [307, 201],
      );
    },
  },
  {
    name: "endsAt is when the token counts as expired by the local clock, its margin included",
    async run(env) {
      const session = living(env, 100);
      const before = Date.now();
      await session.token();
      const after = Date.now();
      const end = endOf(session);
      // A tenth of its life is less than the two minutes of the margin.
      assert.isAtLeast(end, before + 88_000);
      assert.isAtMost(end, after + 90_000);
      const real = sessionOf(env, "demo", { scope: project("web"), expiryMargin: 60 });
      const { expiresAt } = await real.token();
      assert.isBelow(Math.abs(endOf(real) - (expiresAt.getTime() - 60_000)), 5000);
      assert.strictEqual(real.state, real.state);
    },
  },
  {
    name: "endsAt is right though the server's clock is a day behind",
    async run(env) {
      const session = sessionAt(faulty(env, "skewed-clock"), { scope: project("demo") });
      const before = Date.now();
      const { expiresAt } = await session.token();
      assert.isBelow(expiresAt.getTime(), before);
      assert.isAtLeast(endOf(session), before + 3_000_000);
      assert.equal(session.state.status, "scoped");
    },
  },
];

const endOf = ({ state }: Session) => ("endsAt" in state ? state.endsAt.getTime() : 0);

export default cases;
