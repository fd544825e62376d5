/** What cases need from the control server; its routes are in control.mjs. */
import type { Env } from "../case.ts";

/** A request as the fault server saw it. */
interface Logged {
  readonly method: string;
  /** With its query, below `/<fault>/<tag>`. */
  readonly path: string;
  readonly fault: string;
  /** The names of its headers, in lower case. */
  readonly headers: readonly string[];
  /** The X-Auth-Token, if there was one. */
  readonly token?: string;
  readonly body: string;
  readonly length: number;
}

/** A faulty server for one case, with a tag of its own. */
export interface Faulty {
  /** Its URL, without a version, to be passed as `authUrl`. */
  readonly url: string;
  /**
   * The URL of another faulty server with the same tag, and so with the same tokens and the same
   * log.
   */
  at(fault: string): string;
  /** The requests so far, under every fault of this tag. */
  log(): Promise<Logged[]>;
  /** The requests to the second origin under this tag. */
  foreignLog(): Promise<Logged[]>;
}

/** A server with that fault: the names are listed in faults.mjs, discovery.mjs, services.mjs. */
export function faulty(env: Env, fault: string): Faulty {
  const tag = crypto.randomUUID();
  const at = (name: string): string => `${env.control}/${name}/${tag}`;
  return {
    url: at(fault),
    at,
    log: () => read(`${env.control}/log/${tag}`),
    foreignLog: () => read(`${env.control}/log/foreign/${tag}`),
  };
}

/**
 * The requests to the real Keystone and Placement so far, from all cases: `"POST keystone
 * /v3/auth/tokens"`. Without preflights, so that they are the same in every runtime. Undefined if the
 * Keystone isn't ours.
 */
export async function requests(env: Env): Promise<string[] | undefined> {
  if (env.lane !== "alone") throw new Error('who counts requests has to be in the lane "alone"');
  const all = await read<string[] | null>(`${env.control}/requests`);
  return all?.filter((line) => !line.startsWith("OPTIONS "));
}

/**
 * The same world with the short-lived Keystone in place of the quiet one: whatever takes an `env`
 * (sessions, `requests()`) is then about that one. It has no fault servers. Only for the lanes in
 * which a case has it to itself.
 */
export function troubled(env: Env): Env {
  const { placement: _, shortLived, ...rest } = env;
  if (env.lane !== "troubled" && env.lane !== "alone")
    throw new Error('who troubles this Keystone has to be in the lane "troubled"');
  if (!shortLived) throw new Error("this Keystone is not ours to trouble");
  return { ...rest, lane: "alone", keystone: shortLived, control: `${env.control}/keystone` };
}

/**
 * Disrupts the Keystone of a `troubled()` world: stops it at once and starts it again, with the same
 * keys or with new ones, so that no token is valid any more. Resolves when it is up again.
 */
export async function trouble({ control }: Env, kind: "restart" | "rotate"): Promise<void> {
  const response = await fetch(`${control}/${kind}`, { method: "POST" });
  if (!response.ok) throw new Error(await response.text());
}

async function read<T>(url: string): Promise<T> {
  return (await fetch(url)).json() as Promise<T>;
}
