/** A federated Keystone: a real one behind Apache and mod_auth_openidc, with a real OpenID provider. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ensurePackages } from "../keystone/install.mjs";
import { startKeystone } from "../keystone/keystone.mjs";
import { freePort } from "../keystone/ports.mjs";
import { step } from "../keystone/progress.mjs";
import { Sandbox } from "../keystone/sandbox.mjs";
import { APACHE_PACKAGES, startApache } from "./apache.mjs";
import { introduceAll } from "./introduce.mjs";
import { startProvider } from "./provider.mjs";
import { seedFederation } from "./seed.mjs";

const TEMPLATE = fileURLToPath(new URL("sso-callback.template", import.meta.url));

/**
 * Keystone's default, plus what a page needs to send an access token, since the option replaces the
 * default.
 */
const ALLOW_HEADERS = [
  "X-Auth-Token",
  "X-Openstack-Request-Id",
  "X-Subject-Token",
  "X-Project-Id",
  "X-Project-Name",
  "X-Project-Domain-Id",
  "X-Project-Domain-Name",
  "X-Domain-Id",
  "X-Domain-Name",
  "Openstack-Auth-Receipt",
  "Authorization",
];

/**
 * @typedef {object} Options
 * @property {readonly string[]} origins of the pages that may talk to Keystone and to the provider
 * @property {readonly string[]} dashboards the addresses that Keystone may post a WebSSO form to
 * @property {number} [accessTokenLife] seconds
 * @property {import("../keystone/progress.mjs").Progress} [onProgress]
 *
 * @typedef {Awaited<ReturnType<typeof startFederation>>} Federation
 */

/**
 * Starts it on free ports of this machine; installs what it needs.
 *
 * @param {Options} options
 */
export async function startFederation(options) {
  const { origins, dashboards, accessTokenLife, onProgress } = options;
  await ensurePackages([...APACHE_PACKAGES, "openssl"], onProgress);
  const port = await freePort();
  const introspectingPort = await freePort();
  const issuerPort = await freePort();
  const tlsPort = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const introspecting = `http://127.0.0.1:${introspectingPort}`;
  const issuer = `http://localhost:${issuerPort}`;
  /** In reverse order. @type {Array<() => Promise<unknown>>} */
  const stops = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const sandbox = await Sandbox.open();
    stops.push(() => sandbox.close());
    const [keystone, provider] = await Promise.all([
      startKeystone({ origins, settings: settings(dashboards), onProgress }),
      startProvider({
        port: issuerPort,
        tlsPort,
        tls: await certificate(sandbox.dir),
        keystones: [url, introspecting],
        origins,
        accessTokenLife,
      }),
    ]);
    stops.push(
      () => keystone.stop(),
      () => provider.stop(),
    );
    if (!keystone.own) throw new Error("Federation needs a Keystone of its own: not KEYSTONE_URL");
    await step(onProgress, "Starting Apache", () =>
      Promise.all([
        seedFederation(keystone.url, issuer),
        startApache(sandbox, {
          keystone: keystone.url,
          port,
          introspectingPort,
          issuer,
          tlsPort,
          origins,
        }),
      ]),
    );
    await introduceAll(url, issuer);
    return {
      /** Keystone's root, where access tokens are JWTs. */
      url,
      /** The same Keystone, where the provider is asked about each access token. */
      introspecting,
      issuer,
      keystone,
      provider,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * More of keystone.conf.
 *
 * @param {readonly string[]} dashboards
 * @returns {import("../keystone/config.mjs").Settings}
 */
function settings(dashboards) {
  // Which provider signed somebody in; without it, "remote_ids" would not be compared.
  const remote = { remote_id_attribute: "HTTP_OIDC_ISS" };
  return {
    // Not "external", which would read REMOTE_USER, too.
    auth: { methods: "password,token,application_credential,totp,oauth1,mapped,openid" },
    openid: remote,
    mapped: remote,
    federation: {
      // An option that occurs once for each value.
      trusted_dashboard: dashboards.join("\ntrusted_dashboard = "),
      sso_callback_template: TEMPLATE,
    },
    cors: { allow_headers: ALLOW_HEADERS.join(",") },
  };
}

/** A self-signed certificate. @param {string} dir */
async function certificate(dir) {
  const [key, cert] = ["tls.key", "tls.crt"].map((name) => join(dir, name));
  const args = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
  const more = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  await promisify(execFile)("openssl", [...args.split(" "), ...more, "-keyout", key, "-out", cert]);
  return { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
}
