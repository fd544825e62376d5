/** What wrangler.jsonc and `wrangler secret put` give. */
export interface Env {
  /** Keystone's address. */
  readonly AUTH_URL: string;
  /** How Keystone knows the provider. */
  readonly IDENTITY_PROVIDER: string;
  readonly PROTOCOL: string;
  /** A project of the robot's, and its domain. */
  readonly PROJECT: string;
  readonly PROJECT_DOMAIN: string;
  /** The OpenID provider, and this Worker's client there. */
  readonly ISSUER: string;
  readonly CLIENT_ID: string;
  readonly CLIENT_SECRET: string;
}
