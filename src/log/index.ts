export { debugFetch } from "./debug-fetch.ts";
export { toCurl } from "./to-curl.ts";
