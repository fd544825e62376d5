import { expectScope, readMethods } from "../auth/auth-request.ts";
import { expect, readSignal } from "../expect.ts";
import { readScope } from "../scope.ts";
import { isTokenId } from "../token.ts";
import { type Connection, createConnection } from "../transport/connection.ts";
import { authorizedFetch, authorizedSend } from "./authorized-fetch.ts";
import { availableScopes } from "./available-scopes.ts";
import { withConnection } from "./connection-of.ts";
import type { Session } from "./contract.ts";
import { type Credentials, createCredentials } from "./credentials.ts";
import { createFindEndpoint } from "./endpoints.ts";
import { createFamily, type Member } from "./family.ts";
import { givenToken } from "./given-token.ts";
import { readOptions, type SessionOptions, type Settings } from "./options.ts";
import { revoke } from "./revoke.ts";
import { createServiceFactory } from "./service.ts";
import { createServiceVersions } from "./service-version.ts";
import { createStorage } from "./storage.ts";
import { storeKey } from "./stored-token.ts";
import { createTokens, type Tokens } from "./tokens.ts";
import { createIsTrusted } from "./trusted-origins.ts";

/**
 * Makes a session. It sends nothing before it has to.
 *
 * @throws {OptionsError} naming the option that is wrong.
 * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 * @example
 * const session = createSession({
 *   authUrl: "https://keystone.example:5000",
 *   auth: password({ name: "demo", domain: { name: "Default" }, password: "s3cret" }),
 *   scope: { project: { name: "web", domain: { name: "Default" } } },
 * });
 * const nova = await session.service("compute");
 */
export function createSession(options: SessionOptions): Session {
  const settings = readOptions(options);
  const connection = createConnection(settings);
  const credentials = createCredentials(connection, settings.auth, now);
  return start(settings, connection, credentials).session;
}

const now = () => Date.now();

/** A runtime without `await using` has no symbol for it either. */
const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");

/**
 * Joins the links of the chain: connection → credentials → tokens → authorized fetch → service
 * client.
 */
function start(
  settings: Settings,
  connection: Connection,
  credentials: Credentials,
  parent?: Tokens,
): { session: Session; member: Member } {
  const family = createFamily();
  const signOutOthers = (user: string) => {
    const others = family.members().filter(({ tokens }) => tokens.isOthers(user));
    for (const { tokens } of others) tokens.signOut();
  };
  const tokens = tokensFor(settings, connection, credentials, parent, signOutOthers);
  const member: Member = { tokens, family };
  const isTrusted = createIsTrusted(settings.origins);
  const keystone = new URL(settings.authUrl).origin;
  const send = authorizedSend(connection.send, tokens, isTrusted, keystone);
  const service = createServiceFactory(send, tokens, settings);
  const authorized = service({ endpoint: bare("") });
  const versions = createServiceVersions(connection.discoveryClient, authorized, isTrusted);
  const find = createFindEndpoint(settings, connection.identityUrl, tokens.token, versions);
  const scopes = async (kind: "projects" | "domains", signal: AbortSignal | undefined) => {
    const identity = service({ endpoint: bare(await connection.identityUrl(signal)) });
    return availableScopes(identity, kind, signal);
  };

  const session: Session = {
    get state() {
      return tokens.state();
    },
    subscribe: tokens.subscribe,
    authenticate: async (given, options) => {
      const signal = readSignal(options, ["signal", "receipt"]);
      const { receipt } = options ?? {};
      expect(
        receipt === undefined || isTokenId(receipt),
        "receipt",
        "the receipt of a MultiFactorRequiredError",
      );
      const methods = given === undefined ? undefined : readMethods(given);
      const hasAny = methods ? methods.length > 0 : credentials.canRenew;
      expect(hasAny, "auth", "credentials, here or in createSession()");
      if (methods) expectScope(methods, settings.scope);
      return tokens.authenticate(methods, { receipt, signal });
    },
    token: async (options) => tokens.token(readSignal(options)),
    rescope: (given) => {
      const scope = readScope(given);
      expectScope(credentials.methods, scope);
      const childSettings = { ...settings, scope, token: undefined };
      const child = start(childSettings, connection, credentials.under(tokens), tokens);
      member.family.add(child.member);
      return child.session;
    },
    restore: async (options) => tokens.restore(readSignal(options)),
    revoke: async (options) => {
      const signal = readSignal(options, ["signal", "rescoped"]);
      return revoke(connection, member, options?.rescoped ?? false, signal);
    },
    endpoint: async (query, options) => (await find(query, readSignal(options))).endpoint,
    service: async (query, options) => service(await find(query, readSignal(options))),
    fetch: authorizedFetch(send),
    projects: async (options) => scopes("projects", readSignal(options)),
    domains: async (options) => scopes("domains", readSignal(options)),
    [asyncDispose]: () => session.revoke().catch(() => undefined),
  };
  return { session: Object.freeze(withConnection(session, connection)), member };
}

function tokensFor(
  { authUrl, scope, store, token, expiryMargin }: Settings,
  connection: Connection,
  credentials: Credentials,
  parent: Tokens | undefined,
  onOtherUser: (user: string) => void,
): Tokens {
  const { methods } = credentials;
  // Without kept methods, the key names no user: a rescoped token could be the previous user's.
  const isNobodys = methods.length === 0 && parent !== undefined;
  const key = isNobodys || token ? undefined : storeKey(authUrl, methods, scope);
  return createTokens({
    credentials,
    scope,
    storage: createStorage(store, key, now),
    takesStored: methods.length > 0,
    expiryMargin,
    given: token ? givenToken(connection, token, scope, now) : undefined,
    ownerOfParent: () => parent?.owner(),
    onOtherUser,
    now,
  });
}

function bare(url: string) {
  return { type: "identity", name: "", interface: "public", region: null, url };
}
