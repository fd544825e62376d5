/** A story told to a server by raw HTTP, and what the server answered to each step. */
import { shapeOf, type Words, wordsOf } from "./shape.ts";

/** A Keystone: the real one, or the one in memory. */
export interface Server {
  /** Without a version. */
  readonly root: string;
  readonly fetch: typeof globalThis.fetch;
}

export interface Question {
  /** What stands in place of the route's names. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly token?: string | undefined;
  readonly subject?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server sends
  readonly json: any;
}

/** What is compared of an answer. */
export interface Seen {
  readonly route: string;
  readonly step: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Visit {
  readonly server: Server;
  /** A name that nothing else on this server has, and that is compared as the given one. */
  unique(name: string): string;
  /** As in `ask("GET /v3/users/{user_id}", "a user", { params })`. */
  ask(route: string, step: string, question?: Question): Promise<Answer>;
  /** What has to be undone at the end, the last first. */
  undo(task: () => Promise<unknown>): void;
}

export interface Story {
  readonly name: string;
  /** Whether it lists what other cases change at the same time. */
  readonly alone?: boolean;
  tell(visit: Visit): Promise<void>;
}

/** Tells a story to a server: what it answered. */
export async function tell(story: Story, server: Server): Promise<Seen[]> {
  const seen: Seen[] = [];
  const tasks: (() => Promise<unknown>)[] = [];
  const suffix = crypto.randomUUID().replaceAll("-", "");
  const words: Words = { root: server.root, suffix };
  const visit: Visit = {
    server,
    unique: (name) => `${name}-${suffix}`,
    undo: (task) => tasks.unshift(task),
    async ask(route, step, question = {}) {
      const answer = await send(server, route, question);
      const { status, json } = answer;
      const headers = headersOf(answer.headers, words);
      const body = shapeOf(json, words);
      seen.push({ route, step, status, headers, body });
      return answer;
    },
  };
  try {
    await story.tell(visit);
  } finally {
    for (const task of tasks) await task();
  }
  return seen;
}

async function send(server: Server, route: string, question: Question): Promise<Answer> {
  const { params = {}, query = "", token, subject, body } = question;
  const [method = "", template = ""] = route.split(" ");
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${route}: no ${name}`);
    return encodeURIComponent(value);
  });
  const headers = new Headers(question.headers);
  if (token !== undefined) headers.set("X-Auth-Token", token);
  if (subject !== undefined) headers.set("X-Subject-Token", subject);
  if (body !== undefined && !headers.has("Content-Type")) {
    headers.set("Content-Type", "application/json");
  }
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await server.fetch(server.root + path + query, {
    method,
    headers,
    redirect: "manual",
    ...(body !== undefined && { body: text }),
  });
  const content = await response.text();
  const isJson = /json/.test(response.headers.get("Content-Type") ?? "") && content !== "";
  const json = isJson ? JSON.parse(content) : content;
  return { status: response.status, headers: response.headers, json };
}

/** The values of headers that say something, and of others whether they are there. */
function headersOf(headers: Headers, words: Words): Record<string, string> {
  const values = ["Content-Type", "Vary", "WWW-Authenticate", "Location"];
  const present = ["X-Subject-Token", "Openstack-Auth-Receipt", "X-Openstack-Request-Id"];
  const found: Record<string, string> = {};
  for (const name of values) {
    const value = headers.get(name);
    if (value !== null) found[name] = wordsOf(value, words);
  }
  for (const name of present) {
    const value = headers.get(name);
    if (value !== null) found[name] = /^gAAAA/.test(value) ? "a Fernet token" : value.slice(0, 4);
  }
  return found;
}
