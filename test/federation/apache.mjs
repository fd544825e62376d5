/**
 * Apache with mod_auth_openidc, in front of Keystone: it checks access tokens and lets people sign in.
 */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { clients } from "./people.mjs";

export const APACHE_PACKAGES = Object.freeze(["apache2-bin", "libapache2-mod-auth-openidc"]);

const MODULES = [
  "mpm_event",
  "authn_core",
  "authz_core",
  "authz_user",
  "env",
  "headers",
  "proxy",
  "proxy_http",
  "setenvif",
  "auth_openidc",
];

/**
 * @typedef {object} Options
 * @property {string} keystone the address behind it
 * @property {number} port where access tokens are JWTs
 * @property {number} introspectingPort where the provider is asked about each access token
 * @property {string} issuer
 * @property {number} tlsPort the issuer's other one
 * @property {readonly string[]} origins of pages
 */

/**
 * Starts it, and waits until it answers.
 *
 * @param {import("../keystone/sandbox.mjs").Sandbox} sandbox
 * @param {Options} options
 */
export async function startApache(sandbox, options) {
  const dir = join(sandbox.dir, "apache");
  await mkdir(dir);
  // If root starts Apache, its children run as another user, who can't read root's folder.
  await chmod(sandbox.dir, 0o711);
  await writeFile(join(dir, "apache.conf"), configuration(dir, options));
  const args = ["-f", join(dir, "apache.conf"), "-D", "FOREGROUND"];
  const server = sandbox.start("apache", "/usr/sbin/apache2", args, { signal: "SIGTERM" });
  await sandbox.ready(server, async () => {
    const response = await fetch(`http://127.0.0.1:${options.port}/v3`);
    await response.arrayBuffer();
    return response.ok;
  });
  return server;
}

/** @param {string} dir @param {Options} options */
function configuration(dir, options) {
  const { keystone, port, introspectingPort, issuer, origins } = options;
  // It refuses to serve as root.
  const user = process.getuid?.() === 0 ? "www-data" : userInfo().username;
  return `
ServerRoot ${dir}
ServerName 127.0.0.1
PidFile ${dir}/pid
DefaultRuntimeDir ${dir}
Mutex posixsem
Listen 127.0.0.1:${port}
Listen 127.0.0.1:${introspectingPort}
${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
StartServers 1
ServerLimit 1
ThreadsPerChild 16
ThreadLimit 16
MaxRequestWorkers 16
MinSpareThreads 1
MaxSpareThreads 16
KeepAlive On
KeepAliveTimeout 30
LogLevel warn
ErrorLog ${dir}/error.log
CustomLog ${dir}/access.log "%p %m %U -> %>s"
User ${user}
Group ${user === "www-data" ? user : `#${process.getgid?.()}`}

ProxyPreserveHost On
ProxyPass / ${keystone}/ keepalive=On
RequestHeader unset REMOTE_USER
# The module cleans the headers of the paths that it protects, and Keystone reads claims on every path:
# whoever could bring these would be anybody.
RequestHeader unset OIDC-iss early
RequestHeader unset OIDC_iss early

OIDCCryptoPassphrase for-tests-only
OIDCCacheType shm
OIDCCacheEncrypt On
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clients.keystone.id}
OIDCClientSecret ${clients.keystone.secret}
OIDCScope "openid profile email groups"
OIDCResponseType code
OIDCPKCEMethod S256
OIDCPassIDTokenAs claims
OIDCPassUserInfoAs claims
OIDCPassClaimsAs headers
OIDCClaimPrefix OIDC-
OIDCClaimDelimiter ";"
OIDCSessionInactivityTimeout 3600

<VirtualHost 127.0.0.1:${port}>
${jwtHost(options)}
</VirtualHost>

<VirtualHost 127.0.0.1:${introspectingPort}>
${introspectingHost(options)}
</VirtualHost>

# To a page, Apache's own 401 is a network error: Keystone's CORS settings don't reach it.
${origins.map(readable401).join("\n")}
`;
}

/** @param {Options} options */
const jwtHost = ({ port, issuer, tlsPort }) => `
  OIDCRedirectURI http://127.0.0.1:${port}/v3/auth/OS-FEDERATION/redirect_uri
  OIDCOAuthVerifyJwksUri https://localhost:${tlsPort}/jwks
  OIDCOAuthSSLValidateServer Off
  OIDCOAuthRemoteUserClaim sub
  <LocationMatch "^/v3/OS-FEDERATION/identity_providers/[^/]+/protocols/[^/]+/auth$">
    AuthType oauth20
    <RequireAny>
      # A page's preflight: two "Require claim" would answer it with 401.
      Require method OPTIONS
      <RequireAll>
        Require claim aud:keystone
        Require claim iss:${issuer}
      </RequireAll>
    </RequireAny>
  </LocationMatch>
  <LocationMatch "^/v3/auth/OS-FEDERATION/(websso/|identity_providers/[^/]+/protocols/[^/]+/websso|redirect_uri)">
    AuthType openid-connect
    Require valid-user
  </LocationMatch>`;

/** The configuration for access tokens and browsers, on the same paths. @param {Options} options */
const introspectingHost = ({ introspectingPort, tlsPort }) => `
  OIDCRedirectURI http://127.0.0.1:${introspectingPort}/v3/auth/OS-FEDERATION/redirect_uri
  OIDCOAuthIntrospectionEndpoint https://localhost:${tlsPort}/token/introspection
  OIDCOAuthSSLValidateServer Off
  OIDCOAuthClientID ${clients.keystone.id}
  OIDCOAuthClientSecret ${clients.keystone.secret}
  OIDCOAuthRemoteUserClaim client_id
  <LocationMatch "^/v3/(auth/)?OS-FEDERATION/(websso/|identity_providers/[^/]+/protocols/[^/]+/(auth|websso)|redirect_uri)">
    AuthType auth-openidc
    Require valid-user
  </LocationMatch>`;

/** @param {string} origin */
function readable401(origin) {
  const when = (/** @type {string} */ name) =>
    `"expr=%{REQUEST_STATUS} == 401 && %{req:Origin} == '${origin}' && -z %{resp:${name}}"`;
  const allow = "Access-Control-Allow-Origin";
  const expose = "Access-Control-Expose-Headers";
  return `Header always set ${allow} "${origin}" ${when(allow)}
Header always set ${expose} WWW-Authenticate ${when(expose)}`;
}
