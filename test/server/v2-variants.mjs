/** The servers at `/<variant>/<tag>`: oVirt's provider, and variants that differ in one thing. */
import { keystone } from "./v2-keystone.mjs";
import { identity, networking } from "./v2-ovirt.mjs";
import { error, unsupported, well } from "./v2-reply.mjs";

/** @typedef {import("./v2-ovirt.mjs").V2Call} V2Call */
/** @typedef {import("./v2-socket.mjs").V2Reply} V2Reply */
/** @typedef {(call: V2Call) => V2Reply} Variant */

/**
 * oVirt's provider with different tokens.
 * @param {(access: any) => void} change
 * @returns {Variant}
 */
const changed = (change) => (call) => {
  const reply = identity(call);
  if (call.method !== "POST" || reply.status !== 200) return reply;
  const document = JSON.parse(reply.body);
  change(document.access);
  return well(document);
};

/** @param {Partial<V2Reply>} part @returns {Variant} */
const insteadOfToken = (part) => (call) => {
  const reply = identity(call);
  return call.method === "POST" && reply.status === 200 ? { ...reply, ...part } : reply;
};

/** Variants with a different Identity. @type {Record<string, Variant>} */
const identities = {
  ovirt: identity,
  keystone,

  // Its configuration's auth-token-timeout=0.
  "null-expires": changed(({ token }) => {
    token.expires = null;
  }),
  "no-expires": changed(({ token }) => {
    delete token.expires;
  }),
  // As if its clock were years behind.
  "past-expires": changed(({ token }) => {
    token.expires = "2019-01-01T00:00:00Z";
  }),
  /** Its clock is five hours behind, and its tokens live for one. */
  "slow-clock": (call) => {
    const hours = (/** @type {number} */ past) => new Date(Date.now() - past * 3_600_000);
    const reply = changed(({ token }) => {
      token.expires = hours(4).toISOString();
    })(call);
    return { ...reply, headers: { ...reply.headers, Date: hours(5).toUTCString() } };
  },
  "odd-expires": changed(({ token }) => {
    token.expires = "tomorrow";
  }),

  "empty-catalog": changed((access) => {
    access.serviceCatalog = [];
  }),
  // What an unscoped token has in some releases.
  "object-catalog": changed((access) => {
    access.serviceCatalog = {};
  }),
  "no-catalog": changed((access) => {
    delete access.serviceCatalog;
  }),
  "broken-parts": changed((access) => {
    access.serviceCatalog[0].endpoints.unshift(null, "no endpoint", { publicURL: "", region: 1 });
    access.serviceCatalog.unshift(null, [], { type: "" }, { name: "of no type" });
    access.user.roles.push(null, {}, { id: "0618" });
  }),

  "no-token": changed((access) => {
    delete access.token;
  }),
  "number-id": changed(({ token }) => {
    token.id = 1;
  }),
  "id-of-two-lines": changed(({ token }) => {
    token.id = "one\r\nX-Two: two";
  }),
  "no-user": changed((access) => {
    delete access.user;
  }),
  "no-name": changed(({ user }) => {
    user.name = "";
    user.username = "";
  }),

  // A proxy's or a console's page.
  html: insteadOfToken({
    headers: { "Content-Type": "text/html" },
    body: "<!doctype html><title>oVirt Engine</title>",
  }),
  "half-json": insteadOfToken({ body: '{"access": {"token": {"id": "0000' }),
  "empty-body": insteadOfToken({ body: "" }),
  list: insteadOfToken({ body: "[]" }),

  /** Repeats the password in its message. */
  echo: ({ body }) => {
    const { password } = JSON.parse(body).auth.passwordCredentials;
    return error(400, `Not good: <${password}>, {'password': '${password}'}`);
  },

  // An error whose body is labelled JSON but is not.
  501: ({ method }) => unsupported(method),
  "sso-unreachable": () =>
    error(
      502,
      "HTTPSConnectionPool(host='engine-host', port=443): Max retries exceeded with url: /ovirt-engine/sso/oauth/token (Caused by NewConnectionError('<urllib3.connection.HTTPSConnection object>'))",
    ),
  "sso-slow": () =>
    error(504, "HTTPSConnectionPool(host='engine-host', port=443): Read timed out."),

  /** A Keystone that has only v3. */
  "v3-only": ({ method, path }) =>
    method === "GET" && path === "/"
      ? well({ versions: { values: [{ id: "v3.14", status: "stable", links: [] }] } }, 300)
      : error(404, "The resource could not be found."),
};

/** Variants with a different Networking. @type {Record<string, Variant>} */
const networkings = {
  /** The first token ends prematurely, as if Engine had been restarted. */
  "dead-once": (call) => {
    if (call.token !== undefined && call.state.issued === 1) call.state.alive.delete(call.token);
    return networking(call);
  },
  /** Every token ends as soon as it is used. */
  dead: (call) => {
    if (call.token !== undefined) call.state.alive.delete(call.token);
    return networking(call);
  },
  /** A user who is not the provider's own. */
  forbidden: () => error(403, ""),
};

/** @param {string} name @returns {Variant | undefined} undefined where no variant has that name */
export function identityOf(name) {
  return identities[name] ?? (networkings[name] && identity);
}

/** @param {string} name @returns {Variant | undefined} */
export function networkingOf(name) {
  return networkings[name] ?? (identities[name] && networking);
}
