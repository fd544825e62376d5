/** Signing in by WebSSO: Keystone's own way through the provider, finished by the service worker. */
import { webSso, webSsoNote } from "keystone-fetch/federation";
import type { Config } from "./config.ts";

/** In Keystone's [federation] trusted_dashboard. No file is there: the service worker answers. */
const path = "websso";

/** Leaves the page. */
export async function beginWebSso({ authUrl, identityProvider, protocol }: Config): Promise<void> {
  await navigator.serviceWorker.register("service-worker.js");
  // Without it, the token would be posted to whoever hosts these files.
  await navigator.serviceWorker.ready;
  const origin = new URL(path, location.href);
  webSsoNote(sessionStorage).leave();
  location.assign(webSso({ authUrl, identityProvider, protocol, origin }));
}

/** Back on the page: the token, if Keystone's form opened the page. */
export async function finishWebSso(): Promise<string | undefined> {
  if (!location.pathname.endsWith(`/${path}`)) return undefined;
  history.replaceState(null, "", "./");
  if (!webSsoNote(sessionStorage).take()) throw new Error("This tab did not ask to sign in");
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<string | undefined>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  navigator.serviceWorker.controller?.postMessage("token", [port2]);
  return answer;
}
