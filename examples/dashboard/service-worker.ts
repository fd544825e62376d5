/** Takes the form that Keystone has the browser post, and keeps its token for the tab it came in. */
import { readWebSso } from "keystone-fetch/federation";
import { readConfiguration } from "./configuration.ts";

/** What came with the form. */
export interface Arrival {
  readonly token?: string;
  /** Why the form was not taken. */
  readonly refused?: string;
}

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

/** By the tab's id; each is handed out once. */
const arrivals = new Map<string, Arrival>();

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
  ports[0]?.postMessage(arrivals.get(tab) ?? {});
  arrivals.delete(tab);
});

async function receive({ request, resultingClientId }: FetchEvent): Promise<Response> {
  arrivals.set(resultingClientId, await read(request));
  // The page itself, which then asks for it.
  return fetch("./");
}

async function read(request: Request): Promise<Arrival> {
  try {
    const { authUrl } = await readConfiguration();
    return { token: await readWebSso(request, { authUrl }) };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}
