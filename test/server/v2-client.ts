/** What cases need from the servers with only Identity v2.0; the variants are in v2-variants.mjs. */
import type { Env } from "../case.ts";

/** A request as the server saw it. */
export interface V2Logged {
  readonly port: "identity" | "network";
  readonly method: string;
  /** With its query, below `/<variant>/<tag>`. */
  readonly path: string;
  readonly body: string;
  /** The X-Auth-Token, if there was one. */
  readonly token?: string;
}

export interface V2Server {
  /** Its URL, without a version. */
  readonly url: string;
  /** To be passed as `authUrl`. */
  readonly authUrl: string;
  /** The requests so far. */
  log(): Promise<V2Logged[]>;
}

/**
 * A server for one case, with a tag of its own.
 *
 * An answer without a length ends with the connection. workerd may send its next request over that
 * connection all the same, and then loses it: this was seen with oVirt's own provider, in one of a
 * hundred concurrent requests. For workerd the answers therefore say `Connection: close`.
 */
export function v2Server({ v2, runtime }: Env, variant: string): V2Server {
  if (v2 === undefined) throw new Error("there are no servers with Identity v2.0 here");
  const tag = `${runtime === "workerd" ? "closing-" : ""}${crypto.randomUUID()}`;
  const url = `${v2.identity}/${variant}/${tag}`;
  return {
    url,
    authUrl: `${url}/v2.0`,
    log: async () => (await fetch(`${v2.identity}/log/${tag}`)).json() as Promise<V2Logged[]>,
  };
}
