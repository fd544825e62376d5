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
  token: "gAAAA",
  scope: { system: "all" },
  region: "RegionOne",
  interface: ["internal", "public"],
  services: { "object-store": { region: "RegionTwo", version: 1 } },
  endpointOverrides: { compute: "https://nova.example", image: new URL("https://glance.example") },
  store,
  fetch,
  timeout: 10_000,
  totalTimeout: false,
  retry: { limit: 1 },
  expiryMargin: 60,
  trustedOrigins: ["https://swift.example", new URL("https://other.example")],
  log: ({ method, url, status }) => console.log(method, url, status),
  globalRequestId: "req-0b7c5f6e-2f0a-4d4b-9a0e-5a1f0d2c3b4a",
};
createSession(all);
// What is not known may be passed on as undefined.
const none: { [Name in Exclude<keyof SessionOptions, "authUrl">]: undefined } = {
  auth: undefined,
  token: undefined,
  scope: undefined,
  region: undefined,
  interface: undefined,
  services: undefined,
  endpointOverrides: undefined,
  store: undefined,
  fetch: undefined,
  timeout: undefined,
  totalTimeout: undefined,
  retry: undefined,
  expiryMargin: undefined,
  trustedOrigins: undefined,
  log: undefined,
  globalRequestId: undefined,
};
// A provider is asked at each login.
createSession({ authUrl, auth: () => auth });
createSession({ authUrl, auth: async () => [auth, auth] });
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
