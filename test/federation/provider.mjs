/** A real OpenID provider: node-oidc-provider, in memory, with a page to sign in on. */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { text } from "node:stream/consumers";
import Provider, { errors } from "oidc-provider";
import { addPasswordGrant } from "./password-grant.mjs";
import { clients, people, resources, scopes } from "./people.mjs";

/** @type {readonly string[]} */
const resourceNames = Object.values(resources);

const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

/**
 * @typedef {object} Options
 * @property {number} port of http, on localhost: the issuer
 * @property {number} tlsPort mod_auth_openidc takes keys and introspects over https alone
 * @property {{ key: string, cert: string }} tls
 * @property {readonly string[]} keystones the addresses of Apache
 * @property {readonly string[]} origins of pages
 * @property {number} [accessTokenLife] seconds
 */

/** @param {Options} options */
export async function startProvider(options) {
  const issuer = `http://localhost:${options.port}`;
  const provider = new Provider(issuer, configuration(options));
  addPasswordGrant(provider, (resource) => resourceServer(resource, options));
  /** Its own failures, not mistakes of clients. @type {string[]} */
  const failures = [];
  provider.on("server_error", (_, error) => failures.push(String(error.stack)));

  const handler = withSignIn(provider);
  const servers = [
    await listen(createServer(handler), options.port),
    await listen(createTlsServer(options.tls, handler), options.tlsPort),
  ];
  return {
    issuer,
    failures,
    async stop() {
      await Promise.all(servers.map(close));
    },
  };
}

/** @param {Options} options @returns {import("oidc-provider").Configuration} */
function configuration(options) {
  const { origins, accessTokenLife = 600 } = options;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "test" };
  return {
    jwks: { keys: [/** @type {import("oidc-provider").JWK} */ (key)] },
    cookies: { keys: ["not secret: it is a test"] },
    scopes: [...scopes],
    claims: {
      openid: ["sub"],
      profile: ["name", "preferred_username"],
      email: ["email", "email_verified"],
      groups: ["groups"],
    },
    clients: clientMetadata(options),
    pkce: { required: (_, client) => client.tokenEndpointAuthMethod === "none" },
    clientBasedCORS: (_, origin) => origins.includes(origin),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: true,
        userCodeConfirmSource: async (ctx, form) => {
          ctx.body = `<!doctype html><title>Confirm</title>${form}
<button form="op.deviceConfirmForm">Confirm</button>`;
        },
        successSource: async (ctx) => {
          ctx.body = "<!doctype html><title>Done</title>You can close this page.";
        },
      },
      introspection: {
        enabled: true,
        allowedPolicy: (_, client) => client.clientId === clients.keystone.id,
      },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // Apache needs a token for the provider's own userinfo; all others get one for Keystone.
        defaultResource: (_, client) =>
          client.clientId === clients.keystone.id ? [] : resources.keystone,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => resourceServer(resource, options),
      },
    },
    // In a JWT they are claims; of an opaque token they are in the introspection's answer.
    extraTokenClaims: (_, token) =>
      "accountId" in token ? claimsOf(token.accountId) : { preferred_username: token.clientId },
    issueRefreshToken: async (_, client) => client.grantTypeAllowed("refresh_token"),
    findAccount: (_, sub) => {
      const claims = claimsOf(sub);
      return claims && { accountId: sub, claims: () => ({ sub, ...claims }) };
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: consent,
    ttl: {
      AccessToken: accessTokenLife,
      ClientCredentials: accessTokenLife,
      DeviceCode: 120,
      Grant: 3600,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 3600,
    },
  };
}

/** @param {Options} options @returns {import("oidc-provider").ClientMetadata[]} */
function clientMetadata({ keystones, origins }) {
  const { keystone, page, device, robot, legacy } = clients;
  const none = { redirect_uris: [], response_types: [] };
  return [
    {
      client_id: keystone.id,
      client_secret: keystone.secret,
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: keystones.map((url) => `${url}/v3/auth/OS-FEDERATION/redirect_uri`),
    },
    {
      client_id: page.id,
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: origins.map((origin) => `${origin}/`),
    },
    {
      client_id: device.id,
      token_endpoint_auth_method: "none",
      grant_types: [DEVICE, "refresh_token"],
      ...none,
    },
    {
      client_id: robot.id,
      client_secret: robot.secret,
      grant_types: ["client_credentials"],
      ...none,
    },
    {
      client_id: legacy.id,
      client_secret: legacy.secret,
      grant_types: ["password", "refresh_token"],
      ...none,
    },
  ];
}

/** @param {string} resource @param {Options} options */
function resourceServer(resource, { accessTokenLife = 600 }) {
  if (!resourceNames.includes(resource)) throw new errors.InvalidTarget();
  const common = { scope: scopes.join(" "), accessTokenTTL: accessTokenLife };
  if (resource === resources.opaque) {
    return { ...common, audience: "keystone", accessTokenFormat: /** @type {const} */ ("opaque") };
  }
  return {
    ...common,
    audience: resource === resources.keystone ? "keystone" : "other",
    accessTokenFormat: /** @type {const} */ ("jwt"),
    jwt: { sign: { alg: /** @type {const} */ ("RS256") } },
  };
}

/** The subject is not the name, so that nothing can confuse the two. @param {string} sub */
function claimsOf(sub) {
  const name = sub.replace(/^sub-/, "");
  if (sub === name || !Object.hasOwn(people, name)) return undefined;
  const { password: _, ...claims } = people[name];
  return { preferred_username: name, email_verified: true, ...claims };
}

/** Consent is given in advance. @param {import("oidc-provider").KoaContextWithOIDC} ctx */
async function consent(ctx) {
  const { provider, client, session } = ctx.oidc;
  const grant = new provider.Grant({
    clientId: client?.clientId,
    accountId: session?.accountId,
  });
  grant.addOIDCScope(scopes.join(" "));
  for (const resource of resourceNames) grant.addResourceScope(resource, scopes.join(" "));
  await grant.save();
  return grant;
}

/** @param {string} uid @param {string} [note] */
const signInPage = (uid, note = "") => `<!doctype html>
<title>Sign in</title>
<form method="post" action="/interaction/${uid}">
  <p>${note}</p>
  <input name="username" autofocus>
  <input name="password" type="password">
  <button>Sign in</button>
</form>`;

/** @param {import("oidc-provider").Provider} provider @returns {import("node:http").RequestListener} */
function withSignIn(provider) {
  const handler = provider.callback();
  return async (request, response) => {
    const [, uid] = /^\/interaction\/([\w-]+)$/.exec(request.url ?? "") ?? [];
    if (uid === undefined) return handler(request, response);
    try {
      await provider.interactionDetails(request, response);
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      if (request.method !== "POST") return response.end(signInPage(uid));
      const form = new URLSearchParams(await text(request));
      const name = form.get("username") ?? "";
      if (!Object.hasOwn(people, name) || people[name].password !== form.get("password")) {
        return response.writeHead(401).end(signInPage(uid, "wrong name or password"));
      }
      const result = { login: { accountId: `sub-${name}` } };
      return await provider.interactionFinished(request, response, result);
    } catch (error) {
      return response.writeHead(400).end(String(error));
    }
  };
}

/**
 * @template {import("node:http").Server} Server
 * @param {Server} server @param {number} port
 * @returns {Promise<Server>}
 */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // Under its name it is another site than Keystone, like another company's.
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

/** @param {import("node:http").Server} server */
function close(server) {
  server.closeAllConnections();
  return new Promise((done) => server.close(done));
}
