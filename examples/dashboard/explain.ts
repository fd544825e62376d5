/** What went wrong, and what to do about it, in words for the person in front of the page. */
import {
  type AnyKeystoneError,
  isKeystoneError,
  type MultiFactorRequiredError,
} from "keystone-fetch";
import { explainConnection } from "./explain-connection.ts";

export interface Problem {
  readonly title: string;
  readonly advice: string;
  /** What an operator puts into a configuration file. */
  readonly configuration?: string | undefined;
  /** What to quote when asking for help. */
  readonly detail?: string | undefined;
}

/**
 * What was tried, since a refusal means something else at the sign-in than later. "credential" is the
 * sign-in with an application credential, "webSso" the one at an identity provider, "passcode" the
 * second step, "again" just the password, to stay signed in, "change" a change of the password, and
 * "save" any other change.
 */
export type Doing =
  | "sign-in"
  | "credential"
  | "webSso"
  | "passcode"
  | "again"
  | "change"
  | "scope"
  | "load"
  | "save";

export async function explain(error: unknown, authUrl: string, doing: Doing): Promise<Problem> {
  if (!isKeystoneError(error)) {
    return { title: "Something went wrong in this page", advice: `Reload it. (${error})` };
  }
  const { requestId, message } = error;
  const detail = requestId ? `Request ${requestId}` : message;
  return { detail, ...(await explainCode(error, authUrl, doing)) };
}

async function explainCode(
  error: AnyKeystoneError,
  authUrl: string,
  doing: Doing,
): Promise<Problem> {
  switch (error.code) {
    case "NotFound":
      if (doing === "save") return notSaved(error);
      return doing === "load" ? notThere : explainConnection(error, authUrl);
    case "Transport":
    case "Response":
    case "EndpointNotFound":
      return explainConnection(error, authUrl);
    case "Unauthorized":
    case "InvalidToken":
      return refusals[doing];
    case "PasswordExpired":
      return passwordExpired(doing, error.userId !== undefined);
    case "MultiFactorRequired":
      return secondFactor(error);
    case "Forbidden":
      if (doing === "change") return newPasswordRefused(error);
      return doing === "save" ? notSaved(error) : forbidden;
    case "BadRequest":
      return doing === "change" ? newPasswordRefused(error) : notSaved(error);
    case "Conflict":
      return notSaved(error);
    case "RateLimit":
      return {
        title: "Too many attempts",
        advice: `Wait ${waiting(error.retryAfter) ?? "a minute"}, then try again.`,
      };
    case "Options":
      return { title: "The form is incomplete", advice: error.message };
    default:
      return failed(error);
  }
}

/** Keystone refuses a scope on which the user has no role just like one that does not exist. */
export const noRoleThere: Problem = {
  title: "You have no role there",
  advice:
    "Keystone does not let you use that project or domain. Choose another one, or ask for a role.",
};

const signInFailed = (advice: string): Problem => ({ title: "Sign-in failed", advice });

const byPassword = signInFailed(
  "Check the domain, the user name and the password. Keystone doesn't say which one is wrong, or whether the user is disabled or locked.",
);

/** Keystone's 401 is the same in all of these cases. */
const refusals: Record<Doing, Problem> = {
  "sign-in": byPassword,
  change: {
    title: "Keystone refused the current password",
    advice: "Check it, then try again.",
  },
  credential: signInFailed(
    "Check the ID and the secret. Keystone doesn't say which one is wrong, or whether the application credential has expired or was deleted.",
  ),
  webSso: signInFailed("Keystone did not accept what the provider gave. Try again."),
  passcode: signInFailed("The passcode is wrong or was used before. Wait for the next one."),
  again: signInFailed(
    "Check the password. Keystone doesn't say whether the user was disabled or locked.",
  ),
  scope: noRoleThere,
  save: { title: "Keystone did not accept your token", advice: "Sign in again to continue." },
  load: { title: "Keystone did not accept your token", advice: "Sign in again to continue." },
};

const forbidden: Problem = {
  title: "You don't have permission to see this",
  advice: "Your role here does not allow it. Choose another project or domain.",
};

const notThere: Problem = {
  title: "Not found",
  advice: "It does not exist, or your role here does not let you see it.",
};

/** Keystone says so only to those who gave the right password. */
function passwordExpired(doing: Doing, known: boolean): Problem {
  const atForm = doing === "sign-in" || doing === "change" || doing === "passcode";
  const inForm = known ? "Choose a new one below." : "Ask an administrator for a new one.";
  return {
    title: "Your password has expired",
    advice: atForm ? inForm : "Sign out: the sign-in form lets you change it.",
    detail: undefined,
  };
}

/** A rule that this page can't satisfy: all it has to offer is a password and a passcode. */
function secondFactor({ required }: MultiFactorRequiredError): Problem {
  const rules = required.map((rule) => rule.join(" and ")).join(", or ");
  return {
    title: "Your account needs another sign-in method",
    advice: `It needs ${rules}. This page offers password and totp; an application credential works without either.`,
    detail: undefined,
  };
}

/** In the server's words, since only the server knows its rules for passwords. */
function newPasswordRefused({ detail }: AnyKeystoneError): Problem {
  return {
    title: "Keystone refused the new password",
    advice: detail ?? "It may have been used before, or break a rule. Choose another one.",
  };
}

function notSaved({ detail }: AnyKeystoneError): Problem {
  return { title: "Keystone refused that", advice: detail ?? "It did not say why." };
}

function failed(error: AnyKeystoneError): Problem {
  const after = error.code === "Server" ? waiting(error.retryAfter) : undefined;
  return {
    title: "Keystone is having problems",
    advice: `It answered ${error.status ?? "unexpectedly"}. Try again in ${after ?? "a moment"}; if that does not help, tell its operator.`,
  };
}

const waiting = (seconds: number | undefined): string | undefined =>
  seconds === undefined ? undefined : `${Math.ceil(seconds)} seconds`;
