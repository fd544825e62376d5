/**
 * The people at the OpenID provider, and the programs that may ask it for access tokens. Plain data.
 */

/**
 * @typedef {object} Person
 * @property {string} password
 * @property {string} name
 * @property {string} email
 * @property {readonly string[]} [groups]
 */

/** By the name to sign in with. @type {Readonly<Record<string, Person>>} */
export const people = Object.freeze({
  alice: {
    password: "alice-secret",
    name: "Alice Ärmel",
    email: "alice@example.org",
    groups: ["developers", "visitors"],
  },
  // Known to Keystone, but in no group, and so without a project.
  bob: { password: "bob-secret", name: "Bob", email: "bob@example.org" },
  // Also a user in Keystone's own domain, to whom the protocol "mapped" leads.
  carol: {
    password: "carol-secret",
    name: "Carol",
    email: "carol@example.org",
    groups: ["developers"],
  },
});

/** The clients of the provider, by what they are. */
export const clients = Object.freeze({
  /** Apache: the relying party of WebSSO, and the one that may introspect. */
  keystone: { id: "keystone", secret: "keystone-secret" },
  /** A page: public, with PKCE. */
  page: { id: "page" },
  /** A program without a browser: public, by device flow. */
  device: { id: "device" },
  /** A machine. Its secret has to be encoded for a Basic header, as RFC 6749 §2.3.1 says. */
  robot: { id: "robot", secret: "robot: s%cret+&" },
  /** A program of the old kind, which is given the password itself. */
  legacy: { id: "legacy", secret: "legacy-secret" },
});

/** What the provider's scopes are called. */
export const scopes = Object.freeze(["openid", "offline_access", "profile", "email", "groups"]);

/** For whom an access token is: the parameter `resource` of a token request. */
export const resources = Object.freeze({
  /** Keystone, as a JWT: the default for clients that ask for nothing. */
  keystone: "urn:keystone",
  /** Keystone, as an opaque token. */
  opaque: "urn:keystone:opaque",
  /** Another service than Keystone, as a JWT. */
  other: "urn:other",
});

/** What Keystone knows of it. */
export const federation = Object.freeze({
  identityProvider: "idp",
  /** Leads to ephemeral users in the groups of their claims. */
  protocol: "openid",
  /** Leads to users that Keystone has. */
  localProtocol: "mapped",
  /** Not "Federated": Keystone reserves that name. */
  domain: "example",
  /** Projects on which the group "developers" has the role "member". */
  projects: ["shared", "second"],
  /** The default project of the local carol. */
  localProject: "local",
});
