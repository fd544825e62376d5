/** What went wrong, and what to do about it, in words for the person in front of the page. */
import { isKeystoneError, type KeystoneError } from "keystone-fetch";

export interface Problem {
  readonly title: string;
  readonly advice: string;
  /** What an operator puts into a configuration file. */
  readonly configuration?: string;
  /** What to quote when asking for help. */
  readonly detail?: string;
  /** The id of the user whose password has to be changed before anything else. */
  readonly expiredOf?: string | undefined;
}

/**
 * @param doing what was tried: a refusal means another thing at the sign-in than later
 */
export async function explain(error: unknown, authUrl: string, doing: Doing): Promise<Problem> {
  if (!isKeystoneError(error)) {
    return { title: "Something went wrong in this page", advice: `Load it again. (${error})` };
  }
  const { requestId, message } = error;
  const detail = requestId ? `Request ${requestId}` : message;
  if (error.code === "Transport") return explainSilence(error, authUrl);
  if (message.includes("X-Subject-Token")) {
    return {
      title: "Keystone hides the token from this page",
      advice:
        "The sign-in worked, but Keystone's CORS settings keep its answer from pages. Its operator has to put X-Subject-Token back into:",
      configuration:
        "[cors]\nexpose_headers = X-Auth-Token,X-Openstack-Request-Id,X-Subject-Token,Openstack-Auth-Receipt",
    };
  }
  return { detail, ...(answers[error.code] ?? trouble)(error, doing) };
}

/** "credential": the sign-in with one; "again": the password alone, for more time; "password": its change. */
type Doing = "sign-in" | "credential" | "again" | "password" | "scope" | "load";
type Answer = (error: KeystoneError, doing: Doing) => Problem;

const refusedPassword: Problem = {
  title: "Keystone did not take the new password",
  advice: "Perhaps it was used before, or is not as its operator wants it. Choose another.",
};

const trouble: Answer = ({ status, message }, doing) => {
  if (doing === "password" && status === 400) return { ...refusedPassword, detail: message };
  return {
    title: "Keystone has trouble",
    advice: `It answered ${status ?? "something unexpected"}. Try again in a moment; if that does not help, tell its operator.`,
  };
};

const notKeystone: Answer = () => ({
  title: "There is no Keystone at this address",
  advice:
    "Something answers there, but it does not talk like an Identity service of version 3. Check the address: it often ends in /v3, /identity or :5000.",
});

const notIn = (advice: string): Problem => ({ title: "That did not let you in", advice });

const notInByPassword = notIn(
  "Check domain, user and password, and Caps Lock. Keystone does not say which of them is wrong, nor whether the user is disabled or locked.",
);

/** Keystone's 401 says the same to all of these. */
const refusals: Record<Doing, Problem> = {
  "sign-in": notInByPassword,
  password: notInByPassword,
  credential: notIn(
    "Check what you pasted. Keystone does not say what is wrong, nor whether the application credential has expired or was deleted.",
  ),
  again: notIn(
    "Check the password, and Caps Lock. Keystone does not say whether the user was disabled or locked.",
  ),
  scope: {
    title: "You have no role there",
    advice: "Perhaps it was taken from you. You stay where you are; choose another project.",
  },
  load: { title: "Keystone did not accept your token", advice: "Sign in again to go on." },
};

/** Keystone says this only to who gave the right password. */
function expired(expiredOf: string | undefined, doing: Doing): Problem {
  const atForm = doing === "sign-in" || doing === "password";
  const inForm = expiredOf ? "Choose a new one below." : "Ask an administrator for a new one.";
  const next = atForm ? inForm : "Sign out; the sign-in form lets you change it.";
  const advice = `It was right, but has to be changed first. ${next}`;
  return { title: "Your password has expired", advice, detail: undefined, expiredOf };
}

const answers: Record<string, Answer> = {
  Unauthorized: ({ message }, doing) =>
    /password is expired/i.test(message)
      ? expired(/for user: ([\w-]+)/.exec(message)?.[1], doing)
      : refusals[doing],
  MultiFactorRequired: () => ({
    title: "A second factor is needed",
    advice:
      "The password was right, but your account asks for more, such as a passcode, which this page does not offer yet. An application credential works without.",
  }),
  Forbidden: (_, doing) =>
    doing === "password"
      ? refusedPassword
      : {
          title: "You may not see this",
          advice:
            "The cloud's rules keep it from your role here. Choose another project or domain.",
        },
  RateLimit: (error) => ({
    title: "Too many tries",
    advice: `Wait ${"retryAfter" in error ? `${error.retryAfter} seconds` : "a minute"} and try again.`,
  }),
  Options: ({ message }) => ({ title: "Something is missing in the form", advice: message }),
  NotFound: notKeystone,
  EndpointNotFound: notKeystone,
  Response: notKeystone,
};

/** A browser says no more than "failed"; asking again, without wanting to read, tells why. */
async function explainSilence({ message }: KeystoneError, authUrl: string): Promise<Problem> {
  const { origin, host, protocol } = new URL(authUrl);
  if (!navigator.onLine) {
    return {
      title: "You are offline",
      advice: "This device has no network connection. Connect it, and try again.",
    };
  }
  if (location.protocol === "https:" && protocol === "http:" && !isLocal(host)) {
    return {
      title: "The browser blocks this address",
      advice: "A page that came over https may only talk to a Keystone over https.",
    };
  }
  if (await anybodyAnswers(authUrl)) {
    return message.includes("timed out")
      ? { title: "Keystone is too slow", advice: "It is there, but did not answer in time." }
      : {
          title: "Keystone does not know this page",
          advice: `${host} answers, but lets no page from here read it (CORS). Its operator has to name this page's origin in keystone.conf, and restart it:`,
          configuration: `[cors]\nallowed_origin = ${location.origin}`,
        };
  }
  return {
    title: "Keystone cannot be reached",
    advice: `Nobody answers at ${origin}. Check the address; if it is right, Keystone is down, or its certificate is not trusted: open the address in a tab to see.`,
  };
}

/** Without CORS a page may send a simple request all the same: it learns only that it was answered. */
async function anybodyAnswers(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(4000);
  return fetch(url, { mode: "no-cors", credentials: "omit", cache: "no-store", signal }).then(
    () => true,
    () => false,
  );
}

const isLocal = (host: string) => /^(localhost|127\.|\[::1\])/.test(host);
