/** A Worker with the stores that Workers have: `/<place>?url=<authUrl>`. */
import {
  cacheStore,
  encrypted,
  type KvNamespace,
  kvStore,
  type WebCache,
  type WebCaches,
} from "keystone-fetch/stores";
import { visit } from "./visit.ts";

interface Bindings {
  readonly TOKENS: KvNamespace;
  readonly KEY: string;
}

const { caches } = globalThis as unknown as {
  caches: WebCaches & { readonly default: WebCache };
};

const places = {
  "/kvStore": ({ TOKENS }: Bindings) => kvStore(TOKENS),
  "/encrypted(kvStore)": ({ TOKENS, KEY }: Bindings) => encrypted(kvStore(TOKENS), KEY),
  "/cacheStore(caches)": () => cacheStore(caches),
  "/cacheStore(caches.default)": () => cacheStore(caches.default),
};

export default {
  async fetch(request: Request, env: Bindings): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const store = places[pathname as keyof typeof places](env);
    const url = searchParams.get("url") ?? "";
    return Response.json(await visit(url, store, searchParams.has("end")));
  },
};
