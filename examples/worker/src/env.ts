import type { KvNamespace, VaultNamespace } from "keystone-fetch/stores";

/** What wrangler.jsonc and `wrangler secret put` give. */
export interface Env {
  /** Whose token it is: an application credential or a service user, as in an openrc file. */
  readonly [variable: `OS_${string}`]: string | undefined;
  /** Where all isolates keep it, if this is bound. */
  readonly VAULT?: VaultNamespace;
  /** Where they keep it otherwise. */
  readonly TOKENS: KvNamespace;
  /** What it is encrypted with there. To change it: "NEW,OLD" for a day, then "NEW". */
  readonly TOKENS_KEY: string;
  /** What callers of this Worker must show. */
  readonly ACCESS_TOKEN: string;
}
