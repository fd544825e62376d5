import { expect } from "../expect.ts";
import { refuse } from "../refuse.ts";
import { isKnown, likelyName } from "./names.ts";
import type { Settings } from "./settings.ts";

/** A setting that was found and is not used. */
export interface IgnoredSetting {
  /** Where it is set, as its author writes it: `OS_CACERT`, `clouds.devstack.verify`. */
  readonly name: string;
  /** Why it is not used, and what to use instead; never a value. */
  readonly reason: string;
}

/** Options of both `fromEnv()` and `fromClouds()`. */
export interface ConfigOptions {
  /**
   * Called once for each setting that is not used. Without it, a setting that no fetch can follow
   * (`verify: false`, `insecure`, `cacert`, `cert`, `key`) and a misspelt name are errors, and all
   * others are silently ignored.
   */
  readonly ignored?: ((setting: IgnoredSetting) => void) | undefined;
}

const always = "fetch always checks certificates";
const none = "fetch takes no certificate";
const trust =
  "trust the cloud's CA with NODE_EXTRA_CA_CERTS (Node, Bun), DENO_CERT or deno --cert, or with a fetch of your own in the session's options";
const present =
  "give the session a fetch of your own that does: with a dispatcher (Node), an HTTP client (Deno) or a Worker's mTLS binding";

/** Settings that no fetch can follow, with what is wrong and what to do instead. */
const unusable = new Map<string, { readonly problem: string; readonly instead: string }>([
  ["verify", { problem: "expected true", instead: `${always}; ${trust}` }],
  ["insecure", { problem: "expected false", instead: `${always}; ${trust}` }],
  ["cacert", { problem: "must not be set", instead: `${none}; ${trust}` }],
  ["cert", { problem: "must not be set", instead: `${none}; ${present}` }],
  ["key", { problem: "must not be set", instead: `${none}; ${present}` }],
]);

/**
 * If there is nobody to report ignored settings to, some are errors: those that change what is trusted,
 * and those that are misspelt.
 *
 * @throws {OptionsError} naming the setting, and what to use instead.
 */
export function refuseIgnored(settings: Settings): void {
  for (const name of settings.names) {
    const place = settings.placeOf(name);
    const found = unusable.get(name);
    if (found) refuse(!isHarmless(settings, name), place, `${found.problem}: ${found.instead}`);
    const likely = likelyName(name);
    expect(!likely, place, `the name of a setting; did you mean ${settings.placeOf(`${likely}`)}?`);
  }
}

/** Reports each setting that was not read. */
export function tellIgnored(settings: Settings, ignored: (setting: IgnoredSetting) => void): void {
  for (const name of settings.unread()) {
    if (!isHarmless(settings, name)) {
      ignored({ name: settings.placeOf(name), reason: reasonFor(settings, name) });
    }
  }
}

function reasonFor({ placeOf }: Settings, name: string): string {
  const found = unusable.get(name);
  if (found) return found.instead;
  const likely = likelyName(name);
  if (likely) return `unknown; did you mean ${placeOf(likely)}?`;
  return isKnown(name) ? "not needed beside the other settings" : "not used by keystone-fetch";
}

/** `verify: true` and `insecure: false` say what fetch does anyway. */
function isHarmless(settings: Settings, name: string): boolean {
  if (name === "verify") return settings.flag(name) === true;
  return name === "insecure" && settings.flag(name) === false;
}
