/** Why this page and Keystone can't talk to each other, as far as a browser lets a page find out. */
import { type AnyKeystoneError, type DiagnosisCode, diagnose } from "keystone-fetch";
import type { Problem } from "./explain.ts";

const unreachable = "Keystone can't be reached";
const notAllowed = "Keystone does not let this page in";
const notThere = "There is no Keystone at this address";

const titles: Readonly<Record<Exclude<DiagnosisCode, "ok" | "clock">, string>> = {
  offline: "You are offline",
  dns: unreachable,
  refused: unreachable,
  tls: unreachable,
  reset: unreachable,
  unreachable,
  timeout: "Keystone is too slow",
  blocked: "The browser blocks this address",
  "mixed-content": "The browser blocks this address",
  "cors-origin": notAllowed,
  "cors-headers": notAllowed,
  "cors-method": notAllowed,
  "cors-expose": notAllowed,
  unavailable: "Keystone is having problems",
  redirect: notThere,
  "web-page": notThere,
  "not-keystone": notThere,
  "v2-only": notThere,
  "other-path": "Keystone is at another address",
};

/** A browser's own error says only "failed": a diagnosis says why, and what to set. */
export async function explainConnection(
  error: AnyKeystoneError,
  authUrl: string,
): Promise<Problem> {
  const { code, message, setting } = await diagnose(authUrl, { timeout: 4000 });
  if (code !== "ok" && code !== "clock") {
    return {
      title: titles[code],
      advice: message,
      // As in the file, where the section has a line of its own.
      configuration: setting?.replace("] ", "]\n"),
      detail: undefined,
    };
  }
  // Only the answer to a login has that header, so a diagnosis can't see that it is missing.
  if (error.code === "Response" && new URL(authUrl).origin !== location.origin) {
    return {
      title: "Keystone hides the token from this page",
      advice:
        "The sign-in worked, but this page can't read X-Subject-Token. Remove expose_headers from [cors] in keystone.conf, so that Keystone's default applies, or set:",
      detail: undefined,
      configuration:
        "[cors]\nexpose_headers = X-Auth-Token,X-Openstack-Request-Id,X-Subject-Token,Openstack-Auth-Receipt",
    };
  }
  return {
    title: "That did not work",
    advice: "Keystone is healthy now. Try again; if it fails again, tell its operator.",
  };
}
