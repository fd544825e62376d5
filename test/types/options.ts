/** What a session is made from, and where its tokens are kept. */
import {
  type AuthMethod,
  createSession,
  type SessionOptions,
  type TokenStore,
} from "keystone-fetch";

declare const auth: AuthMethod;
const authUrl = "https://keystone.example/v3";

// The options, all of them.
const store: TokenStore = new Map<string, string>();
const all: Required<SessionOptions> = {
  authUrl: new URL(authUrl),
  auth: [auth],
  scope: { system: "all" },
  region: "RegionOne",
  interface: ["internal", "public"],
  endpointOverrides: { compute: "https://nova.example", image: new URL("https://glance.example") },
  store,
  fetch,
  timeout: 10_000,
  retry: { limit: 1 },
  expiryMargin: 60,
  trustedOrigins: ["https://swift.example", new URL("https://other.example")],
};
createSession(all);
// What is not known may be passed on as undefined.
const none: { [Name in Exclude<keyof SessionOptions, "authUrl">]: undefined } = {
  auth: undefined,
  scope: undefined,
  region: undefined,
  interface: undefined,
  endpointOverrides: undefined,
  store: undefined,
  fetch: undefined,
  timeout: undefined,
  retry: undefined,
  expiryMargin: undefined,
  trustedOrigins: undefined,
};
createSession({ authUrl, ...none });
createSession({ authUrl, timeout: false, retry: 0, interface: "admin" });
// @ts-expect-error: where?
createSession({ auth });
// @ts-expect-error: no such option
createSession({ authUrl, password: "s3cret" });
// @ts-expect-error: a made-up method
createSession({ authUrl, auth: { user: "demo", password: "s3cret" } });

// Stores: at once or by promise, null or undefined for nothing.
const web: TokenStore = {
  get: (key) => sessionStorage.getItem(key),
  set: (key, value) => sessionStorage.setItem(key, value),
  delete: (key) => sessionStorage.removeItem(key),
};
const remote: TokenStore = {
  get: async (key: string) => (key ? "value" : undefined),
  set: async () => {},
  delete: async () => true,
};
export const stores = [web, remote];
