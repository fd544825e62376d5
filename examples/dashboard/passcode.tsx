/** The second step of a sign-in, for accounts that need one. */
import { TextInput } from "@mantine/core";
import { isKeystoneError } from "keystone-fetch";

/**
 * The receipt for the password, with which a passcode completes the sign-in; undefined for any other
 * error, and if the account needs more than this page can offer.
 */
export function receiptOf(error: unknown): string | undefined {
  if (!isKeystoneError(error) || error.code !== "MultiFactorRequired") return undefined;
  const offered = ["password", "totp"];
  const enough = error.required.some((rule) => rule.every((method) => offered.includes(method)));
  return enough ? error.receipt : undefined;
}

export function PasscodeField() {
  return (
    <TextInput
      name="passcode"
      label="Passcode"
      description="The current code from your authenticator app"
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      required
      autoFocus
      data-autofocus
    />
  );
}
