/** The cause of a failure: in words, without any object of a runtime; the caller's own as it is. */
import { assert } from "chai";
import { type KeystoneError, OptionsError, TransportError } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure, outcome, secret } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** A fetch that fails once it is broken, and counts its calls from then on. */
function breakable(error: () => unknown) {
  let calls = 0;
  let isBroken = false;
  const own: typeof fetch = async (input, init) => {
    if (!isBroken) return fetch(input, init);
    calls++;
    throw error();
  };
  return {
    fetch: own,
    calls: () => calls,
    fail: () => {
      isBroken = true;
    },
  };
}

class Bug extends Error {}

class Named extends Bug {
  override name = "Named";
  override toString() {
    return "a bug";
  }
}

/** What a console shows of it is up to its class. */
class Telling extends Error {
  readonly #body = secret;
  toJSON() {
    return { body: this.#body };
  }
}

class Inspected extends Error {
  readonly #body = secret;
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return this.#body;
  }
}

class Reading extends Telling {}

/** Mistakes of a caller's own fetch, which are not network failures. */
const mistakes: Record<string, () => unknown> = {
  "a ReferenceError": () => new ReferenceError("logg is not defined"),
  "a TypeError": () => new TypeError("Cannot read properties of undefined (reading 'url')"),
  "an error of a class of its own": () => new Bug("over quota"),
  "an error whose cause is one": () => new Error("hook", { cause: new Bug("inner") }),
  "an error of a class with a name": () => new Named("over quota"),
  "an error of the runtime": () => outcomeOf(() => new URL("nowhere")),
  "a DOMException": () => new DOMException("no such thing", "NotFoundError"),
  "a string": () => "not today",
  "an object": () => ({ code: 7 }),
};

function outcomeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

const holding = (more: object) => Object.assign(new Error("no mock"), more);

/** Errors that a console would show a secret of. */
const holders: Record<string, () => unknown> = {
  "in a Map": () => holding({ seen: new Map([["body", secret]]) }),
  "in a Set": () => holding({ seen: new Set([secret]) }),
  "in a query": () => holding({ body: new URLSearchParams({ password: secret }) }),
  "in a URL": () => holding({ url: new URL(`https://a.example/?password=${secret}`) }),
  "in a form": () => {
    const body = new FormData();
    body.set("password", secret);
    return holding({ body });
  },
  "as a name": () => holding({ [secret]: 1 }),
  "in its own name": () => holding({ name: secret }),
  "in a network failure's own name": () =>
    Object.assign(new TypeError("fetch failed"), { name: secret }),
  "behind much else": () => new Error(`${"no mock ".repeat(3000)}${secret}`),
  "by the toJSON of its class": () => new Telling("no mock"),
  "by the toJSON of a class above its own": () => new Reading("no mock"),
  "by what its class tells a console": () => new Inspected("no mock"),
  "by a toJSON of its own": () => holding({ toJSON: () => ({ body: secret }) }),
  "by what it tells a console itself": () =>
    holding({ [Symbol.for("nodejs.util.inspect.custom")]: () => secret }),
  "by a toString of its own": () => holding({ toString: () => secret }),
  "in the name of a symbol": () => holding({ [Symbol(secret)]: 1 }),
  "as a DOMException": () => new DOMException(secret, "NotFoundError"),
  "in a property of a function": () => holding({ mock: Object.assign(() => {}, { secret }) }),
};

const throwing = (error: object, name: string) =>
  Object.defineProperty(error, name, {
    enumerable: true,
    get: () => {
      throw new RangeError("a getter");
    },
  });

/** Errors that can't even be looked at. */
const broken: Record<string, () => unknown> = {
  "throws from a property": () => throwing(new Error("x"), "request"),
  "throws from its message": () => throwing(new Error("x"), "message"),
  "throws from its code": () => throwing(new TypeError("fetch failed"), "code"),
};

const cases: readonly Case[] = [
  {
    name: "a reply that is not HTTP: no part of it is in the error, its cause or its stack",
    async run(env) {
      const server = faulty(env, "garbled");
      const error = await failure(sessionAt(server).token(), TransportError);
      const { cause, stack = "" } = error as KeystoneError & { cause?: unknown };
      assertHides([error, cause, stack], "gAAAAAB", "audit1", "RegionOne");
      if (cause !== undefined) {
        assert.notInstanceOf(cause, Error);
        assert.includeMembers(["name", "message", "code"], Object.keys(cause as object));
      }
    },
  },
  ...Object.entries(mistakes).map(([what, make]) => ({
    name: `${what} of the caller's own fetch passes as it is, at once and once`,
    async run(env: Env) {
      const thrown = make();
      const own = breakable(() => thrown);
      const server = faulty(env, "ok");
      const session = sessionAt(server, { fetch: own.fetch, retry: 2 });
      await session.token();
      own.fail();
      assert.strictEqual(await outcome(session.fetch(`${server.url}/v3/users`)), thrown);
      assert.strictEqual(await outcome(session.projects()), thrown);
      assert.strictEqual(await outcome(session.authenticate()), thrown);
      assert.equal(own.calls(), 3);
    },
  })),
  {
    name: "an error of the caller's own fetch that holds the request does not pass",
    async run(env) {
      const own = breakable(() => new Error(`no mock for {"password":"${secret}"}`));
      const session = sessionAt(faulty(env, "ok"), { fetch: own.fetch });
      own.fail();
      const error = await failure(session.token(), TransportError);
      assertHides(error, secret);
      const holding = breakable(() => {
        const request = new Request(`${env.control}/x`, { headers: { "X-Auth-Token": "t" } });
        return Object.assign(new Error("not matched"), { request });
      });
      const other = sessionAt(faulty(env, "ok"), { fetch: holding.fetch });
      holding.fail();
      assert.notProperty(await failure(other.token(), TransportError), "request");
    },
  },
  {
    name: "an error of the caller's own fetch does not pass if the request can't be searched",
    async run(env) {
      const own = breakable(() => new Error("no mock"));
      const server = faulty(env, "ok");
      const session = sessionAt(server, { fetch: own.fetch });
      await session.token();
      own.fail();
      const body = JSON.stringify({ adminPass: secret, more: "x".repeat(1_000_001) });
      const call = session.fetch(`${server.url}/v3/users`, { method: "POST", body });
      await failure(call, TransportError);
    },
  },
  ...Object.entries(holders).map(([what, make]) => ({
    name: `an error of the caller's own fetch that shows a secret ${what} does not pass`,
    async run(env: Env) {
      const thrown = make();
      const session = sessionAt(faulty(env, "ok"), { fetch: () => Promise.reject(thrown) });
      const error = await failure(session.token(), TransportError);
      const { cause } = error as KeystoneError & { cause?: unknown };
      assertHides([error, cause, Object.values(cause ?? {})], secret);
    },
  })),
  ...Object.entries(broken).map(([what, make]) => ({
    name: `an error of the caller's own fetch that ${what} is a TransportError`,
    async run(env: Env) {
      const thrown = make();
      const session = sessionAt(faulty(env, "ok"), { fetch: () => Promise.reject(thrown) });
      await failure(session.token(), TransportError);
    },
  })),
  {
    name: "an own fetch that returns no response is an OptionsError that names it",
    async run(env) {
      for (const given of [undefined, null, {}, "ok", new Blob(["ok"])]) {
        const session = sessionAt(faulty(env, "ok"), { fetch: (async () => given) as never });
        for (const ask of [() => session.token(), () => session.authenticate()]) {
          assert.match((await failure(ask, OptionsError)).message, /^fetch: expected /);
        }
      }
    },
  },
];

export default cases;
