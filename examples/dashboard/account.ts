/** Which Keystone this browser signs in to, and how. */
import { createSession, type Session, type Token } from "keystone-fetch";
import { webStore } from "keystone-fetch/stores";

/** Nothing in it is a secret: it is what the sign-in form begins with the next time. */
export interface Account {
  readonly authUrl: string;
  readonly kind: "password" | "applicationCredential";
  readonly domain: string;
}

const KEY = "keystone-dashboard:account";

/**
 * The session that all tabs share, by the browser's storage. With a password it is unscoped: each
 * tab goes from there to a project of its own. An application credential has its one project.
 */
export function openLogin({ authUrl, kind }: Account): Session {
  const storage = browserStorage();
  return createSession({
    authUrl,
    scope: kind === "password" ? "unscoped" : undefined,
    store: storage && webStore(storage),
    // Somebody waits for the answer, and can press the button again.
    retry: 1,
    // The page shows how much time is left: it should not end two minutes before that.
    expiryMargin: 5,
  });
}

/** Whether it takes the credential's secret, and not a password, to get another token like it. */
export const isCredential = ({ methods }: Token): boolean =>
  methods.includes("application_credential");

export function readAccount(): Account {
  const authUrl =
    document.querySelector<HTMLMetaElement>('meta[name="keystone-url"]')?.content ||
    `${location.origin}/identity`;
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
    // A storage that is full: the form begins with something else the next time.
  }
}

/** Tells of a sign-in to another Keystone in another tab. */
export function onAccountChange(changed: (account: Account) => void): () => void {
  const heard = ({ key }: StorageEvent) => {
    if (key === KEY) changed(readAccount());
  };
  addEventListener("storage", heard);
  return () => removeEventListener("storage", heard);
}

/** Undefined where the browser is set to store nothing: then the sign-in is this page's alone. */
function browserStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
