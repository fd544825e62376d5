/**
 * What can go wrong with a reply, by name. A fault may do what was requested (`good`) before it spoils
 * the answer.
 */
import type { Call } from "./cloud.ts";

/** How a reply ends: whole if it is not said. */
export type Ending = "refused" | "hang" | "stall" | "cut";

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly ending?: Ending;
  /** The token in it, if a client has to take it up. */
  readonly grant?: string;
}

export type Fault = (call: Call, good: () => Reply, now: number) => Reply;

export const json = (status: number, value: unknown, headers = {}): Reply => ({
  status,
  headers: { "Content-Type": "application/json", ...headers },
  body: JSON.stringify(value),
});

export const failed = (code: number, message: string, headers = {}): Reply =>
  json(code, { error: { code, message, title: "Failed" } }, headers);

const html = (status: number, text: string): Reply => ({
  status,
  headers: { "Content-Type": "text/html" },
  body: `<!doctype html><title>${text}</title><h1>${text}</h1>`,
});

const moved = (status: number, Location: string): Reply => ({
  ...html(status, "Moved"),
  headers: { Location },
});

/** A page that repeats everything that it was sent, as some proxies do. */
const told = ({ body, token, url }: Call) => `${url} ${token} ${body}`;

/** Its body says one thing and its grant is taken back: what a client must not take up. */
const spoilt = (reply: Reply, change: Partial<Reply>): Reply => {
  const { grant: _, ...rest } = reply;
  return { ...rest, ...change };
};

/** They strike any request. */
const anywhere = {
  refused: () => ({ ...failed(0, ""), ending: "refused" }),
  lost: (_, good) => spoilt(good(), { ending: "refused" }),
  hang: () => ({ ...failed(0, ""), ending: "hang" }),
  stall: (_, good) => spoilt(good(), { ending: "stall" }),
  cut: (_, good) => spoilt(good(), { ending: "cut" }),
  "400": (call) => failed(400, `Bad: ${told(call)}`),
  "401": (call) => failed(401, `No: ${told(call)}`),
  "403": (call) => failed(403, `No: ${told(call)}`),
  "404": (call) => html(404, told(call)),
  "409": (call) => failed(409, `Twice: ${told(call)}`),
  "429": (call) => failed(429, `Slow down: ${told(call)}`, { "Retry-After": "3" }),
  "429-date": (_, __, now) =>
    failed(429, "Slow down", { "Retry-After": new Date(now + 5000).toUTCString() }),
  "429-odd": () => failed(429, "Slow down", { "Retry-After": "soon" }),
  "500": (call) => html(500, told(call)),
  "503": (call) => html(503, told(call)),
  "503-after": () => failed(503, "Later", { "Retry-After": "86400" }),
  html: (call) => html(200, told(call)),
  empty: () => ({ status: 200, headers: {}, body: "" }),
  half: (_, good) => spoilt(good(), { body: good().body.slice(0, 40) }),
  "moved-here": (call, good) =>
    call.url.includes("moved=") ? good() : moved(307, `${call.url}?moved=1`),
  "moved-there": () => moved(308, "https://foreign.example/v3/auth/tokens"),
  "moved-round": (call) => moved(302, call.url),
  "moved-nowhere": () => moved(301, "http://["),
  "moved-as": (call) => moved(307, call.url.replace("//", "//user:word@")),
} satisfies Record<string, Fault> as Record<string, Fault>;

/** They strike a login. */
const login = {
  "no-token": (_, good) => spoilt(good(), { headers: { "Content-Type": "application/json" } }),
  "two-tokens": (_, good) => {
    const { "X-Subject-Token": id, ...headers } = good().headers;
    return spoilt(good(), { headers: { ...headers, "X-Subject-Token": `${id}, ${id}` } });
  },
  "no-document": (_, good) => spoilt(good(), { body: '{"token":{"methods":[]}}' }),
  "no-time": (_, good) => spoilt(good(), { body: good().body.replace(/\d{4}-/g, "x") }),
  receipt: () =>
    json(
      401,
      { receipt: {}, required_auth_methods: [["password", "totp"]] },
      { "Openstack-Auth-Receipt": "receipt" },
    ),
} satisfies Record<string, Fault> as Record<string, Fault>;

export const faults: Record<string, Fault> = { ...anywhere, ...login };
export const faultsOf = {
  login: Object.keys(faults),
  keystone: Object.keys(anywhere),
  service: Object.keys(anywhere),
} as const;
