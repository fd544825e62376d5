import type { Ask } from "./ask.ts";
import { type Diagnosis, diagnosis } from "./diagnosis.ts";

/** What the SDK sends in addition to what a page may always send. */
const tokenHeaders = ["X-Auth-Token", "X-Subject-Token", "Openstack-Auth-Receipt"];

/** Keystone's defaults, which apply if the option isn't set. */
const defaults = {
  allow_headers:
    "X-Auth-Token,X-Openstack-Request-Id,X-Subject-Token,X-Project-Id,X-Project-Name," +
    "X-Project-Domain-Id,X-Project-Domain-Name,X-Domain-Id,X-Domain-Name,Openstack-Auth-Receipt",
  allow_methods: "GET,PUT,POST,DELETE,PATCH",
  expose_headers: "X-Auth-Token,X-Openstack-Request-Id,X-Subject-Token,Openstack-Auth-Receipt",
};

/** A setting for keystone.conf with Keystone's own default. */
const setting = (option: keyof typeof defaults): string => `[cors] ${option} = ${defaults[option]}`;

/**
 * Finds out whether preflights allow all that the SDK sends to a Keystone that this page may read. The
 * headers are sent empty, so there is no token in them. Undefined if all pass.
 */
export async function checkPreflights(ask: Ask, v3: string): Promise<Diagnosis | undefined> {
  const passes = async (init: RequestInit, path = ""): Promise<boolean> =>
    (await ask(`${v3}${path}`, init)).answer !== undefined;
  const passesHeaders = (names: readonly string[]): Promise<boolean> =>
    passes({ headers: Object.fromEntries(names.map((name) => [name, ""])) });

  if (!(await passesHeaders(tokenHeaders))) return refusedHeaders(tokenHeaders, passesHeaders);
  const headers = { "X-Auth-Token": "", "X-Subject-Token": "" };
  if (await passes({ method: "DELETE", headers }, "/auth/tokens")) return undefined;
  return methodRefused("DELETE", "so no token can be revoked from it");
}

/** Why a page can't read the answer to a POST of JSON, while it reads that to a plain GET. */
export async function checkLogin(ask: Ask, v3: string): Promise<Diagnosis> {
  const typed = await ask(v3, { headers: { "Content-Type": "application/json" } });
  if (typed.failure) return headersRefused(["Content-Type"]);
  // As a form or a text it needs no preflight: if that passes, it was the preflight that failed.
  const plain = await ask(`${v3}/auth/tokens`, { method: "POST", body: "{}" });
  if (plain.answer) return methodRefused("POST", "so nobody can authenticate from it");
  return diagnosis(
    "unavailable",
    `This page can read the version document at ${v3}, but not the answer to a login: most likely that is a 5xx, which has no CORS headers, or a firewall blocks it. See the logs of Keystone and of the proxy in front of it.`,
    { certain: false },
  );
}

/** Each by itself, to name those that are refused. */
async function refusedHeaders(
  names: readonly string[],
  pass: (names: readonly string[]) => Promise<boolean>,
): Promise<Diagnosis> {
  const refused: string[] = [];
  for (const name of names) {
    if (!(await pass([name]))) refused.push(name);
  }
  return headersRefused(refused.length > 0 ? refused : names);
}

function headersRefused(headers: readonly string[]): Diagnosis {
  const names = headers.join(", ");
  // Keystone's own middleware always allows this one.
  if (headers.includes("Content-Type")) {
    return diagnosis(
      "cors-headers",
      `The preflight refuses the request header ${names}, which Keystone itself always allows: a proxy in front of it answers preflights. Let the proxy allow it, or pass OPTIONS on to Keystone.`,
      { headers },
    );
  }
  return diagnosis(
    "cors-headers",
    `The preflight refuses the request header${headers.length > 1 ? "s" : ""} ${names}. Remove allow_headers from [cors] in keystone.conf, and expose_headers if it is set, so that Keystone's defaults apply, or add what is missing; if neither is set there, a proxy in front of Keystone answers preflights and has to allow them.`,
    { headers, setting: setting("allow_headers") },
  );
}

function methodRefused(method: string, consequence: string): Diagnosis {
  return diagnosis(
    "cors-method",
    `The preflight refuses ${method} to this page, ${consequence}. Remove allow_methods from [cors] in keystone.conf, so that Keystone's default applies, or add ${method}.`,
    { method, setting: setting("allow_methods") },
  );
}

/**
 * Whether pages may read Keystone's own headers. Only the answer to a login has X-Subject-Token, but
 * every answer has a request id, and by default both are exposed by one option.
 */
export function checkExposed(headers: Headers): Diagnosis | undefined {
  if (headers.has("X-Openstack-Request-Id")) return undefined;
  return diagnosis(
    "cors-expose",
    "This page can't read Keystone's X-Openstack-Request-Id, so most likely it can't read X-Subject-Token either, without which nobody can authenticate. Remove expose_headers from [cors] in keystone.conf, so that Keystone's default applies, or add X-Subject-Token; a proxy in front of Keystone may remove the header, too.",
    { certain: false, setting: setting("expose_headers") },
  );
}
