/** What config.json beside the page says. */
export interface Config {
  /** Keystone's address. */
  readonly authUrl: string;
  /** How Keystone knows the provider. */
  readonly identityProvider: string;
  readonly protocol: string;
  /** The OpenID provider, and this page's client there: public, with PKCE. */
  readonly issuer: string;
  readonly clientId: string;
}

export async function readConfig(): Promise<Config> {
  return (await fetch("config.json")).json();
}
