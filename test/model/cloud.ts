/**
 * A Keystone and one service, in this process: tokens live, are revoked and expire, requests take
 * time, and any of them may run into a fault. What a real Keystone would refuse is refused here.
 */
import type { Clock } from "./clock.ts";
import { type Ending, failed, faults, json, type Reply } from "./faults.ts";
import { mark, passwords } from "./secrets.ts";

export type Target = "login" | "keystone" | "service" | "foreign";

/** A request on its way. */
export interface Call {
  /** The tab it comes from: each has a fetch of its own. */
  readonly tab: number;
  readonly at: Target;
  readonly method: string;
  readonly url: string;
  /** Of a login: the project asked for, or "unscoped". */
  readonly scope: string;
  readonly token: string;
  readonly body: string;
}

/** A token, as the server knows it. */
export interface Issued {
  readonly id: string;
  readonly scope: string;
  readonly tab: number;
  /** Its length, and its end by the server's clock. */
  readonly life: number;
  readonly ends: number;
  revoked: boolean;
}

/** Called with what happens on the network. */
export interface Watcher {
  sent(call: Call): void;
  delivered(call: Call, reply: Reply): void;
  ended(call: Call): void;
}

export interface CloudOptions {
  /** Seconds that a token lives. */
  readonly life: number;
  /** Milliseconds that the server's stamps are ahead of its clock. */
  readonly skew: number;
  /** How long requests and replies take, one after the other. */
  readonly delays: readonly number[];
}

export const hosts = {
  keystone: "https://keystone.example",
  service: "https://nova.example",
  /** In no catalog. */
  foreign: "https://foreign.example",
};

const domain = { id: "default", name: "Default" };
const compute = { interface: "public", region_id: "RegionOne", url: `${hosts.service}/v2.1` };
const catalog = [{ type: "compute", name: "nova", endpoints: [compute] }];

/** What a fault's `good` calls: whatever it spoils, it is done once. */
const once = <T>(work: () => T) => {
  let done: { value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
};

export type Cloud = ReturnType<typeof createCloud>;

export function createCloud(clock: Clock, options: CloudOptions, watcher: Watcher) {
  const tokens = new Map<string, Issued>();
  /** How often the service did what an operation asked for, by the operation's name. */
  const effects = new Map<string, number>();
  const broken = new Map<Target, { name: string; times: number }>();
  let turn = 0;

  const alive = (id: string) => {
    const token = tokens.get(id);
    return token && !token.revoked && clock.truth() < token.ends ? token : undefined;
  };
  const delay = () => options.delays[turn++ % options.delays.length] ?? 0;

  function issue(call: Call, parent: Issued | undefined): Issued {
    const life = parent ? parent.ends - clock.truth() : options.life * 1000;
    const { scope, tab } = call;
    const id = `${mark}.${tokens.size}`;
    const token = { id, scope, tab, life, ends: clock.truth() + life, revoked: false };
    tokens.set(id, token);
    return token;
  }

  function login(call: Call): Reply {
    const { identity } = JSON.parse(call.body).auth;
    const { password: known, token: given } = identity;
    if (known && known.user.password !== passwords.right) return failed(401, "No such secret");
    const parent = given && alive(given.id);
    if (given && !parent) return failed(404, "Could not recognize Fernet token");
    const { id, scope, life, ends } = issue(call, parent);
    const named = { id: scope, name: scope, domain };
    const token = {
      methods: identity.methods,
      user: { id: "0a74", name: "demo", domain },
      issued_at: new Date(ends - life + options.skew).toISOString(),
      expires_at: new Date(ends + options.skew).toISOString(),
      ...(scope !== "unscoped" && { project: named, catalog }),
    };
    return { ...json(201, { token }, { "X-Subject-Token": id }), grant: id };
  }

  function keystone(call: Call): Reply {
    const { pathname } = new URL(call.url);
    if (pathname === "/") return json(300, { versions: { values: [{ id: "v3.14", links: [] }] } });
    const token = alive(call.token);
    if (!token) return failed(401, "The request you have made requires authentication.");
    if (call.method === "DELETE") {
      token.revoked = true;
      return { status: 204, headers: {}, body: "" };
    }
    return json(200, { projects: [{ id: "p0", name: "p0" }] });
  }

  function service(call: Call): Reply {
    if (!alive(call.token)) return failed(401, "Unauthorized");
    effects.set(call.body, (effects.get(call.body) ?? 0) + 1);
    return json(200, { did: call.body });
  }

  const players = { login, keystone, service, foreign: () => json(200, {}) };

  function answer(call: Call): Reply {
    const fault = broken.get(call.at);
    const good = once(() => players[call.at](call));
    if (!fault || fault.times <= 0) return good();
    fault.times--;
    return faults[fault.name]?.(call, good, clock.now()) ?? good();
  }

  const fetchOf =
    (tab: number) =>
    async (input: unknown, init: RequestInit = {}) => {
      const request = new Request(String(input), { ...init, duplex: "half" } as RequestInit);
      // Not the Request's own, which Node no longer aborts once the Request is collected.
      const signal = init.signal ?? request.signal;
      const call = read(tab, request, await request.text());
      if (signal.aborted) throw signal.reason;
      watcher.sent(call);
      try {
        await clock.pause(delay(), signal);
        const reply = answer(call);
        if (reply.ending === "hang") await clock.pause(Number.MAX_SAFE_INTEGER, signal);
        await clock.pause(delay(), signal);
        // What undici says, in its own words.
        if (reply.ending === "refused") throw new TypeError("fetch failed");
        watcher.delivered(call, reply);
        const end = () => watcher.ended(call);
        // A 204 has no body that could break off.
        const ending = reply.status === 204 ? undefined : reply.ending;
        const body = ending ? spoiltBody(reply, ending, signal, end) : reply.body || null;
        if (!ending) end();
        return new Response(body, reply);
      } catch (error) {
        watcher.ended(call);
        throw error;
      }
    };

  return {
    fetchOf,
    tokens,
    effects,
    alive,
    /** Revokes a token silently. */
    kill: (id: string) => {
      const token = tokens.get(id);
      if (token) token.revoked = true;
    },
    break: (at: Target, name: string, times: number) => broken.set(at, { name, times }),
    heal: () => broken.clear(),
  };
}

function read(tab: number, { method, url, headers }: Request, body: string): Call {
  const { origin, pathname } = new URL(url);
  const at =
    origin === hosts.service
      ? "service"
      : origin !== hosts.keystone
        ? "foreign"
        : method === "POST" && pathname === "/v3/auth/tokens"
          ? "login"
          : "keystone";
  const { scope = "unscoped" } = at === "login" ? JSON.parse(body).auth : {};
  const token = headers.get("X-Auth-Token") ?? "";
  return { tab, at, method, url, scope: scope.project?.id ?? "unscoped", token, body };
}

/** Half of it, and then nothing, or the end of the connection. */
function spoiltBody({ body }: Reply, ending: Ending, signal: AbortSignal, end: () => void) {
  return new ReadableStream({
    start(controller) {
      const fail = (reason: unknown) => {
        end();
        controller.error(reason);
      };
      controller.enqueue(new TextEncoder().encode(body.slice(0, body.length / 2)));
      if (ending === "cut") return fail(new TypeError("terminated"));
      if (signal.aborted) fail(signal.reason);
      signal.addEventListener("abort", () => fail(signal.reason), { once: true });
    },
    cancel: end,
  });
}
