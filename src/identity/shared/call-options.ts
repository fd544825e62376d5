import { expect } from "../../expect.ts";
import type { CallOptions } from "../../session/contract.ts";
import { expectKnown } from "./expect-known.ts";
import { expectObject } from "./expect-object.ts";

/** Options of a call that deletes. */
export interface DeleteOptions extends CallOptions {
  /** `"ok"`: succeed even if it does not exist (any more). Default `"error"`. */
  readonly missing?: "ok" | "error" | undefined;
}

/** Options of a call that may need a second factor. */
export interface PasscodeOptions extends CallOptions {
  /**
   * A current TOTP passcode of the token's own user, sent as `OpenStack-MFA-Passcode`: Keystone 2026.2
   * and newer want it from users with multi-factor rules. It works once, so the call is not retried.
   * Keystone's default CORS settings refuse that header: for a page, an operator has to allow it.
   */
  readonly passcode?: string | undefined;
}

/**
 * Checks what a call was given as its options.
 *
 * @param more the names that it takes besides `signal`
 * @throws {OptionsError} for a name that it does not take, and for a signal that is not an
 * AbortSignal.
 */
export function expectOptions(
  options: CallOptions | null | undefined,
  more: readonly string[] = [],
): void {
  if (options === undefined || options === null) return;
  expectKnown(expectObject(options, "options"), ["signal", ...more], "options");
  // A signal by itself has no names of its own, and would be ignored.
  expect(!("throwIfAborted" in options), "options", "an object with signal");
  const { signal = null } = options;
  expect(
    signal === null || "aborted" in expectObject(signal, "options.signal"),
    "options.signal",
    "an AbortSignal",
  );
}

/** What a call with a second factor sends; without one, nothing changes. */
export function withPasscode(given: PasscodeOptions | undefined): {
  readonly options: readonly string[];
  readonly headers?: Record<string, string>;
  readonly retry?: number;
} {
  const { passcode } = given ?? {};
  const options = ["passcode"];
  if (passcode === undefined) return { options };
  const printable = typeof passcode === "string" && /^[\x21-\x7e]+$/.test(passcode);
  expect(printable, "options.passcode", "a string of letters or digits");
  return { options, headers: { "OpenStack-MFA-Passcode": passcode }, retry: 0 };
}
