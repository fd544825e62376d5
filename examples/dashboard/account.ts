/** Which Keystone this browser signs in to, and how. */
import { createSession, type Session, type Token } from "keystone-fetch";
import { webStore } from "keystone-fetch/stores";

/** Nothing in it is a secret: the sign-in form starts with it the next time. */
export interface Account {
  readonly authUrl: string;
  readonly kind: "password" | "applicationCredential" | "webSso";
  readonly domain: string;
}

const KEY = "keystone-dashboard:account";

/**
 * The session that all tabs share, through the browser's storage. A person's session is unscoped: from
 * there each tab goes to a project of its own. An application credential has just one project.
 */
export function openLogin({ authUrl, kind }: Account): Session {
  const storage = browserStorage();
  return createSession({
    authUrl,
    scope: kind === "applicationCredential" ? undefined : "unscoped",
    store: storage && webStore(storage),
    // Somebody waits for the answer, and can press the button again.
    retry: 1,
    // The page shows how much time is left: the session should not end two minutes earlier.
    expiryMargin: 5,
  });
}

/** What it takes to get another token like it; undefined if that is up to an identity provider. */
export function secretOf({ methods }: Token): "password" | "secret" | undefined {
  if (methods.includes("application_credential")) return "secret";
  return methods.includes("password") ? "password" : undefined;
}

/** The id of the application credential by which a token was obtained. */
export function credentialIdOf(token: Token): string | undefined {
  const about = token.extra.application_credential;
  if (secretOf(token) !== "secret" || typeof about !== "object" || about === null) return undefined;
  return "id" in about ? `${about.id}` : undefined;
}

/** @param authUrl the Keystone for people who have not signed in yet */
export function readAccount(authUrl: string): Account {
  const first: Account = { authUrl, kind: "password", domain: "Default" };
  try {
    const found: Partial<Account> = JSON.parse(browserStorage()?.getItem(KEY) ?? "{}");
    return URL.canParse(`${found.authUrl}`) ? { ...first, ...found } : first;
  } catch {
    return first;
  }
}

export function saveAccount(account: Account): void {
  try {
    browserStorage()?.setItem(KEY, JSON.stringify(account));
  } catch {
    // The storage is full: the form starts with something else the next time.
  }
}

/** Calls back after a sign-in to another Keystone in another tab. */
export function onAccountChange(changed: () => void): () => void {
  const heard = ({ key }: StorageEvent) => {
    if (key === KEY) changed();
  };
  addEventListener("storage", heard);
  return () => removeEventListener("storage", heard);
}

/** Undefined if the browser is set to store nothing: then only this page is signed in. */
function browserStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
