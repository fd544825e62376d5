/** Takes the form that Keystone has the browser post, and gives the token to the tab it came in. */
import { readWebSso } from "keystone-fetch/federation";
import { readConfig } from "./config.ts";

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

/** By the tab's id; each is given once. */
const tokens = new Map<string, string>();

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "POST" && new URL(url).pathname.endsWith("/websso")) {
    event.respondWith(receive(event));
  }
});

worker.addEventListener("message", ({ source, ports }) => {
  const tab = source && "id" in source ? source.id : "";
  ports[0]?.postMessage(tokens.get(tab));
  tokens.delete(tab);
});

async function receive({ request, resultingClientId }: FetchEvent): Promise<Response> {
  try {
    const { authUrl } = await readConfig();
    tokens.set(resultingClientId, await readWebSso(request, { authUrl }));
  } catch (error) {
    return new Response(String(error), { status: 403 });
  }
  // The page itself, which then asks for its token.
  return fetch("./");
}
