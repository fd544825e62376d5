/**
 * Every fault at every place where it can strike: what the caller gets, and how many requests the
 * server saw, with two retries allowed (×3 means that all were used). This file has the answers,
 * fault-lines.ts the connections, fault-redirects.ts the redirects.
 *
 * A word is the class of an error without "Error", "ok" a value, a number the status of a response,
 * "caller's" the reason of the caller's own signal. A single cell stands for all five. A line that
 * names runtimes, or all pages, replaces the one above it for those. The renewal is in the middle of a
 * call whose first answer was a 401.
 *
 * What is always true is not in the table:
 *
 * - after a login that failed the session is `unauthenticated`, after a renewal that failed it is
 *   `expired`, as its token was rejected; no other fault takes a token away;
 * - no error, no state and no session shows the password or a token;
 * - nothing reaches another origin.
 */
import { assert } from "chai";
import { isKeystoneError, type Session } from "keystone-fetch";
import { type Case, type Env, pages } from "../case.ts";
import { assertHides, secret } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** What a server answers instead of what was requested. */
const table = `
fault              login           renewal         projects()      service()       fetch
half               Response ×1     Response ×1     Response ×1     Response ×1     200 ×1
html               Response ×1     Response ×1     Response ×1     Response ×1     200 ×1
empty              Response ×1     Response ×1     Response ×1     Response ×1     201 ×1
no-subject-token   Response ×1     Response ×1     -               -               -
two-subject-tokens Response ×1     Response ×1     -               -               -
500                Server ×3       Server ×3       Server ×3       Server ×3       500 ×1
503                Server ×3       Server ×3       Server ×3       Server ×3       503 ×1
503-twice          ok ×3           -               ok ×3           ok ×3           503 ×1
503-seconds        Server ×3       Server ×3       Server ×3       Server ×3       503 ×1
429-seconds        RateLimit ×3    RateLimit ×3    RateLimit ×3    RateLimit ×3    429 ×1
429-date           RateLimit ×3    RateLimit ×3    RateLimit ×3    RateLimit ×3    429 ×1
429-none           RateLimit ×3    RateLimit ×3    RateLimit ×3    RateLimit ×3    429 ×1
429                RateLimit ×3    RateLimit ×3    RateLimit ×3    RateLimit ×3    429 ×1
400                BadRequest ×1   BadRequest ×1   BadRequest ×1   BadRequest ×1   400 ×1
401                Unauthorized ×1 Unauthorized ×1 Unauthorized ×2 Unauthorized ×2 401 ×2
403                Forbidden ×1    Forbidden ×1    Forbidden ×1    Forbidden ×1    403 ×1
`;

/** A row of the table: its cells for runtimes that have their own, and for all others. */
interface Row {
  readonly fault: string;
  readonly cells: Map<string, readonly string[]>;
}

function read(text: string): Row[] {
  const rows: Row[] = [];
  for (const line of text.trim().split("\n").slice(1)) {
    const [name = "", ...cells] = line.trim().split(/ +(?!×)/);
    const all = cells.length === 1 ? places.map(() => cells[0] ?? "") : cells;
    if (!line.startsWith(" ")) rows.push({ fault: name, cells: new Map() });
    const names = line.startsWith(" ") ? name.split(",") : ["all"];
    for (const runtime of names.flatMap((one) => (one === "pages" ? pages : one)))
      rows.at(-1)?.cells.set(runtime, all);
  }
  return rows;
}

/** A place: where its fault strikes, and what is done there. */
interface Place {
  readonly fault: (name: string) => string;
  readonly path: string;
  /** The session's status after a failure. */
  readonly after: string;
  readonly work: (session: Session, url: string, signal: AbortSignal | null) => Promise<unknown>;
}

const login = "/v3/auth/tokens";

const places: readonly Place[] = [
  {
    fault: (name) => name,
    path: login,
    after: "unauthenticated",
    work: (session) => session.token(),
  },
  {
    fault: (name) => `${name}-later`,
    path: login,
    after: "expired, rejected",
    work: async (session) => {
      await session.token();
      return (await session.service("service-401-once")).get("things").json();
    },
  },
  {
    fault: (name) => `${name}@projects`,
    path: "/v3/auth/projects",
    after: "scoped",
    work: (session) => session.projects(),
  },
  {
    fault: (name) => `${name}@users`,
    path: "/v3/users",
    after: "scoped",
    work: async (session) => (await session.service("identity")).get("users").json(),
  },
  {
    fault: (name) => `${name}@users`,
    path: "/v3/users",
    after: "scoped",
    work: async (session, url, signal) => {
      const response = await session.fetch(`${url}/v3/users`, { signal });
      await response.text();
      return response.status;
    },
  },
];

const isRenewal = ({ fault }: Place) => fault("") === "-later";

/** A fetch for the fault "refused": nothing listens at the path of this place. */
function refusing({ closed }: Env, place: Place) {
  let asked = 0;
  const send: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    if (!request.url.endsWith(place.path)) return fetch(request);
    asked++;
    return fetch(isRenewal(place) && asked === 1 ? request : closed);
  };
  return { asked: () => asked, send };
}

/**
 * The ms that a request may take, and those for all cells of a row, none of which waits for a
 * time-out.
 */
const patience = 10_000;

/** The outcome of a fault at a place, in the form of the table. */
async function cell(env: Env, fault: string, place: Place): Promise<string> {
  const refused = fault === "refused" ? refusing(env, place) : undefined;
  const name = place.fault(refused ? "ok" : fault);
  const server = faulty(env, name);
  const timeout = fault.startsWith("slow") ? 1500 : patience;
  const session = sessionAt(server, {
    retry: { limit: 2, delay: () => 10 },
    timeout,
    fetch: refused?.send,
  });
  // Only this place is slow: there is a token before.
  if (place.after !== "unauthenticated") await session.token();
  const signal = timeout < patience ? AbortSignal.timeout(timeout) : null;
  let error: unknown;
  let value: unknown;
  try {
    value = await place.work(session, server.url, signal);
  } catch (reason) {
    error = reason;
  }
  const { state } = session;
  assertHides([error, session, state], secret, "gAAAA");
  assert.isEmpty(await server.foreignLog());
  const told = state.status === "expired" ? `expired, ${state.reason}` : state.status;
  assert.equal(told, error ? place.after : "scoped");
  const log = (await server.log()).filter((one) => one.fault === name && one.path === place.path);
  const times = (refused?.asked() ?? log.length) - (isRenewal(place) ? 1 : 0);
  if (isKeystoneError(error)) return `${error.code} ×${times}`;
  if (error) return `${error === signal?.reason ? "caller's" : error} ×${times}`;
  return `${typeof value === "number" ? value : "ok"} ×${times}`;
}

/** Whether a cell is as in the table, where a number may be a range. */
function same(is: string, expected: string): boolean {
  const [, word, least, most = least] = /(.*×)(\d+)(?:-(\d+))?$/.exec(expected) ?? [];
  const [, what, times] = /(.*×)(\d+)$/.exec(is) ?? [];
  return what === word && Number(times) >= Number(least) && Number(times) <= Number(most);
}

/** A case for each row of a table. */
export function casesOf(table: string): Case[] {
  return read(table).map(({ fault, cells }) => ({
    name: fault,
    // It blocks a slow runtime for seconds.
    ...(fault === "huge" && { lane: "alone" }),
    async run(env) {
      const expected = cells.get(env.runtime) ?? cells.get("all") ?? [];
      const began = Date.now();
      const actual = await Promise.all(
        places.map((place, i) => (expected[i] === "-" ? "-" : cell(env, fault, place))),
      );
      const ms = Date.now() - began;
      const fitted = actual.map((is, i) => (same(is, expected[i] ?? "") ? expected[i] : is));
      // With everything in the message, since chai cuts it short.
      assert.equal(fitted.join(", "), expected.join(", "), actual.join(", "));
      assert.isBelow(ms, patience);
    },
  }));
}

const cases: readonly Case[] = casesOf(table);

export default cases;
