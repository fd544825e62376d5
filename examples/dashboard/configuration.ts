/** What config.json beside the page says: which Keystone this is for, and who signs people in to it. */

/** An identity provider, as Keystone knows it (WebSSO). */
export interface Provider {
  /** What the button says, after "Sign in with". */
  readonly title: string;
  /** Default: whichever uses the protocol. */
  readonly identityProvider?: string;
  readonly protocol: string;
}

export interface Configuration {
  readonly authUrl: string;
  readonly providers: readonly Provider[];
}

export async function readConfiguration(): Promise<Configuration> {
  const { authUrl, providers = [] } = await (await fetch("config.json")).json();
  return { authUrl: authUrl || `${location.origin}/identity`, providers };
}
