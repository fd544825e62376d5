/** Signing in at an identity provider: the page is left, and the service worker takes what comes back. */
import { revokeToken, token } from "keystone-fetch";
import { webSso, webSsoNote } from "keystone-fetch/federation";
import { openLogin, readAccount, saveAccount } from "./account.ts";
import type { Configuration, Provider } from "./configuration.ts";
import { explain, type Problem } from "./explain.ts";
import { setByToken } from "./keystone-clock.ts";
import type { Arrival } from "./service-worker.ts";

/** In Keystone's [federation] trusted_dashboard. No file is there: the service worker answers. */
const PATH = "websso";
/** Where the user was, in this tab. */
const PLACE = "keystone-dashboard:place";

/** It is missing without https, and in some browsers' private windows. */
export const canWebSso = (): boolean => "serviceWorker" in navigator;

/** Leaves the page. */
export async function beginWebSso(authUrl: string, provider: Provider): Promise<void> {
  await navigator.serviceWorker.register("service-worker.js");
  // Without it, the token would be posted to whoever hosts these files.
  await navigator.serviceWorker.ready;
  const { identityProvider, protocol } = provider;
  const origin = new URL(PATH, location.href);
  sessionStorage.setItem(PLACE, location.hash);
  webSsoNote(sessionStorage).leave();
  location.assign(webSso({ authUrl, identityProvider, protocol, origin }));
}

/** Back on the page: stores the sign-in, for the page to restore. @returns why there is none */
export async function finishWebSso({ authUrl }: Configuration): Promise<Problem | undefined> {
  if (!location.pathname.endsWith(`/${PATH}`)) return undefined;
  history.replaceState(null, "", `./${sessionStorage.getItem(PLACE) ?? ""}`);
  sessionStorage.removeItem(PLACE);
  const asked = webSsoNote(sessionStorage).take();
  const arrival = await askServiceWorker();
  if (!asked || arrival.token === undefined) return refused(arrival.refused);
  const account = { ...readAccount(authUrl), authUrl, kind: "webSso" as const };
  const login = openLogin(account);
  try {
    setByToken(await login.authenticate(token(arrival.token)));
    saveAccount(account);
    // The page now has a session of its own, which it can store and rescope.
    await revokeToken(login, arrival.token).catch(() => undefined);
    return undefined;
  } catch (error) {
    return explain(error, authUrl, "webSso");
  }
}

async function askServiceWorker(): Promise<Arrival> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<Arrival>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  const { controller } = navigator.serviceWorker;
  if (!controller) return {};
  controller.postMessage("arrival", [port2]);
  return answer;
}

const refused = (detail: string | undefined): Problem => ({
  title: "That sign-in was refused",
  advice: "It did not begin in this tab, or Keystone did not send it. Sign in below.",
  detail,
});
