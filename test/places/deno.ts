/** A process with Deno's own KV: `deno run … deno.js <file of the database> <authUrl> [key] [end]`. */
import { type DenoKv, denoKvStore, encrypted } from "keystone-fetch/stores";
import { visit } from "./visit.ts";

declare const Deno: {
  readonly args: readonly string[];
  openKv(path: string): Promise<DenoKv & { close(): void }>;
};

const [path = "", url = "", key, end] = Deno.args;
const kv = await Deno.openKv(path);
const store = key ? encrypted(denoKvStore(kv), key) : denoKvStore(kv);
console.log(JSON.stringify(await visit(url, store, !!end)));
kv.close();
