/**
 * Sees everything that a run shows: every error of ours, tokens, states and methods, console output,
 * and every address that is requested. It also sees each secret that goes over the wire, and after
 * each case searches for those in what was shown. The control server keeps its reports, under the tag
 * "witness", for the gate test/gates/secrets.mjs.
 */
import { KeystoneError } from "../../../src/errors.ts";
import type { Env } from "../../case.ts";
import type { Planned } from "../collect.ts";
import { takeCalls } from "./calls.ts";
import { createSearch, type Leak, type Shown } from "./leaks.ts";

/** The report after each case. */
export interface Testimony {
  /** The engine's name. */
  readonly runtime: string;
  /** Any of the cases that ran then may have shown it. */
  readonly case: string;
  /** How many texts were searched, by kind. */
  readonly seen: Readonly<Record<string, number>>;
  readonly secrets: number;
  readonly leaks: readonly Leak[];
  /** The requests of the Identity API's functions. */
  readonly calls: readonly string[];
}

const { fetch, Error: BuiltIn, JSON: json } = globalThis;
const { freeze } = Object;

/** How many tokens, states and methods are looked at per case: one case may make thousands. */
const enough = 25;

/** After this many errors of a case, only the top level of further ones is looked at. */
const many = 100;

/** The reports of this many cases are sent together. */
const batch = 20;

const reports: Testimony[] = [];

/** What was shown while the same cases ran. */
class Span {
  readonly errors = new Set<Error>();
  readonly objects: object[] = [];
  readonly lines: string[] = [];
  readonly addresses = new Set<string>();
  /** The cases that have not ended yet: they may still send a secret that was shown. */
  readonly open: Set<Planned>;
  readonly cases: readonly Planned[];
  constructor(cases: readonly Planned[]) {
    this.cases = cases;
    this.open = new Set(cases);
  }
}

const search = createSearch();
const spans: Span[] = [];
let now = new Span([]);
let mute = false;
let watching = false;

/** The set of running cases has changed. */
function turn(cases: readonly Planned[]): void {
  spans.push(now);
  now = new Span(cases);
}

/** As the runtime's own console would write it. */
function inspect(value: unknown): string {
  const host = globalThis as {
    process?: { getBuiltinModule?(name: string): { inspect(value: unknown, how: object): string } };
    Deno?: { inspect(value: unknown, how: object): string };
  };
  const how = { depth: 12, showHidden: true, breakLength: Number.POSITIVE_INFINITY };
  if (host.Deno) return host.Deno.inspect(value, how);
  return host.process?.getBuiltinModule?.("node:util").inspect(value, how) ?? "";
}

/** Everything that can be seen of an error, hidden own properties included. */
function* textsOf(error: unknown, of: string): Generator<Shown> {
  if (!(error instanceof BuiltIn)) {
    // In a runtime without inspect, JSON shows a plain object.
    yield { where: of, text: inspect(error) || json.stringify(error) || String(error) };
    return;
  }
  const { name, cause } = error;
  yield { where: `${of} ${name}: message`, text: error.message };
  yield { where: `${of} ${name}: stack`, text: String(error.stack) };
  yield { where: `${of} ${name}: JSON`, text: json.stringify(error) };
  yield { where: `${of} ${name}: inspection`, text: inspect(error) };
  for (const key of Object.getOwnPropertyNames(error)) {
    if (["message", "stack", "cause"].includes(key)) continue;
    const own = (error as unknown as Record<string, unknown>)[key];
    yield { where: `${of} ${name}: ${key}`, text: json.stringify(own) ?? String(own) };
  }
  if (cause !== undefined) yield* textsOf(cause, `${of} ${name}: cause`);
}

/** Without the middle of something very long, such as a catalog. */
const short = (text: string) => (text.length < 1e6 ? text : text.slice(0, 4e5) + text.slice(-4e5));

function* shown({ errors, objects, lines, addresses }: Span): Generator<Shown> {
  for (const error of [...errors].slice(0, many)) yield* textsOf(error, "error");
  for (const { name, message } of [...errors].slice(many)) {
    yield { where: `error ${name}: message`, text: message };
  }
  for (const object of objects) {
    yield { where: "object: JSON", text: short(json.stringify(object) ?? "") };
    yield { where: "object: inspection", text: short(inspect(object)) };
  }
  for (const text of lines) yield { where: "console", text };
  for (const text of addresses) yield { where: "address", text };
}

/** Every error of this class goes through `super(…)`, and so through its base class. */
function watchErrors(type: typeof KeystoneError): void {
  function Witnessed(...args: [string?, ErrorOptions?]): Error {
    const error = Reflect.construct(BuiltIn, args, new.target as unknown as typeof Error);
    now.errors.add(error);
    return error;
  }
  Witnessed.prototype = BuiltIn.prototype;
  Object.setPrototypeOf(Witnessed, BuiltIn);
  Object.setPrototypeOf(type, Witnessed);
}

/** Tokens, states and methods are frozen when they are made. */
function watchObjects(): void {
  Object.freeze = <T>(value: T): T => {
    const { auditIds, status, payload } = Object(value);
    if ((auditIds ?? status ?? payload) && now.objects.length < enough) {
      now.objects.push(value as object);
    }
    return freeze(value) as T;
  };
}

function watchConsole(): void {
  for (const name of ["log", "info", "warn", "error", "debug", "trace", "dir"] as const) {
    const write = console[name];
    console[name] = (...args: unknown[]) => {
      now.lines.push(args.map((one) => (typeof one === "string" ? one : inspect(one))).join(" "));
      if (!mute) write.apply(console, args);
    };
  }
}

const secretHeaders = ["X-Auth-Token", "X-Subject-Token", "Openstack-Auth-Receipt"];

function knowHeaders(headers: Headers): void {
  for (const name of secretHeaders) {
    for (const secret of headers.get(name)?.split(", ") ?? []) search.know(secret);
  }
}

/** Secrets that are sent: credentials of every kind, and the token of the token method. */
function knowBody(body: string): void {
  try {
    json.parse(body, (key, value) => {
      const secret = key === "token" ? Object(value).id : value;
      const named = key === "token" || /^(original_)?password$|secret|passcode|blob/.test(key);
      if (named && typeof secret === "string") search.know(secret);
      return value;
    });
  } catch {
    // Not JSON: no credentials.
  }
}

function watchFetch(): void {
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    now.addresses.add(url);
    knowHeaders(new Headers(init?.headers));
    if (input instanceof Request) {
      knowHeaders(input.headers);
      const readable = input.headers.get("Content-Type")?.includes("json") && !input.bodyUsed;
      if (readable)
        input
          .clone()
          .text()
          .then(knowBody, () => undefined);
    }
    if (typeof init?.body === "string") knowBody(init.body);
    const response = fetch(input, init);
    response.then(
      ({ headers }) => knowHeaders(headers),
      () => undefined,
    );
    return response;
  };
}

/** Shows a secret in every possible way, to prove that each of them would be found. */
function plant(types: readonly (typeof KeystoneError)[]): void {
  const secret = "planted-secret-0123456789";
  search.know(secret);
  for (const type of types) {
    new type("planted").message += secret;
    new type("planted").stack = secret;
    new type("planted", { title: secret });
    new type("planted", { cause: { name: "planted", message: secret } });
    Object.defineProperty(new type("planted"), "hidden", { value: secret });
  }
  Object.freeze({ status: secret });
  mute = true;
  console.debug(secret);
  mute = false;
  globalThis.fetch(`data:,${secret}`).catch(() => undefined);
}

/** Starts watching; once. */
export async function watch({ accounts }: Env): Promise<void> {
  if (watching) return;
  watching = true;
  // The built package; if only unit cases run, it may be missing.
  const built = await Promise.all([
    import("keystone-fetch").catch(() => undefined),
    import("keystone-fetch/keystone-fetch.min.js").catch(() => undefined),
  ]);
  const types = [KeystoneError, ...built.flatMap((copy) => copy?.KeystoneError ?? [])];
  for (const type of types) watchErrors(type);
  watchObjects();
  watchConsole();
  watchFetch();
  for (const { password } of Object.values(accounts)) search.know(password);
  plant(types);
}

/** A case begins. */
export const begin = (planned: Planned): void => turn([...now.cases, planned]);

/**
 * A case has ended: searches everything that was shown while it ran, unless others that ran then are
 * still running. Reports go in batches, and `report()` sends the rest.
 */
export async function testify(env: Env, planned: Planned): Promise<void> {
  const { engine } = env;
  turn(now.cases.filter((one) => one !== planned));
  for (const { open } of spans) open.delete(planned);
  const ripe = spans.filter(({ open }) => open.size === 0);
  const cases = new Set([planned, ...ripe.flatMap((span) => span.cases)]);
  const leaks: Leak[] = [];
  const seen = { errors: 0, objects: 0, lines: 0, addresses: 0 };
  for (const span of ripe) {
    spans.splice(spans.indexOf(span), 1);
    for (const one of shown(span)) {
      const leak = search.find(one);
      if (leak) leaks.push(leak);
    }
    seen.errors += span.errors.size;
    seen.objects += span.objects.length;
    seen.lines += span.lines.length;
    seen.addresses += span.addresses.size;
  }
  const name = [...cases].map((one) => `${one.group}: ${one.case.name}`).join(" / ");
  const calls = takeCalls();
  reports.push({ runtime: engine, case: name, seen, secrets: search.known(), leaks, calls });
  if (reports.length >= batch) await report(env);
}

/** Sends the reports that were not sent yet. */
export async function report({ control }: Env): Promise<void> {
  const body = json.stringify(reports.splice(0));
  // A page can send this without a preflight.
  await (await fetch(`${control}/witness/witness`, { method: "POST", body })).text();
}
