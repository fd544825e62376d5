/** What cases do at the federated servers: they get access tokens, and log in. */
import { assert } from "chai";
import { KeystoneError, TransportError, UnauthorizedError } from "keystone-fetch";
import type { oidcAccessToken } from "keystone-fetch/federation";
import type { Env } from "../case.ts";
import { clients, federation } from "./people.mjs";

type Method = ReturnType<typeof oidcAccessToken>;
type SendAuth = Parameters<NonNullable<Method["obtain"]>>[0];

/** What Keystone says of a token. */
export interface TokenDocument {
  readonly methods: readonly string[];
  readonly user: {
    readonly name: string;
    readonly domain: { readonly name: string };
    readonly "OS-FEDERATION"?: {
      readonly groups: readonly { readonly id: string }[];
      readonly identity_provider: { readonly id: string };
      readonly protocol: { readonly id: string };
    };
  };
  readonly project?: { readonly name: string };
  readonly roles?: readonly { readonly name: string }[];
  readonly [attribute: string]: unknown;
}

export function federationOf({ federation }: Env): NonNullable<Env["federation"]> {
  return federation ?? assert.fail("there is no federated Keystone here: run its gate");
}

/** How Keystone knows the provider. */
export const idp = {
  identityProvider: federation.identityProvider,
  protocol: federation.protocol,
};

/** A person's access token, obtained with the password by an old kind of program. */
export function personsToken(env: Env, name: string, resource?: string): Promise<string> {
  return accessToken(env, clients.legacy, {
    grant_type: "password",
    username: name,
    password: `${name}-secret`,
    ...(resource && { resource }),
  });
}

/** A machine's access token. */
export function robotsToken(env: Env, resource?: string): Promise<string> {
  const form = { grant_type: "client_credentials", ...(resource && { resource }) };
  return accessToken(env, clients.robot, form);
}

async function accessToken(
  env: Env,
  { id, secret }: { readonly id: string; readonly secret: string },
  form: Record<string, string>,
): Promise<string> {
  const response = await fetch(`${federationOf(env).issuer}/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${id}:${encodeURIComponent(secret)}`)}` },
    body: new URLSearchParams(form),
  });
  const { access_token } = (await response.json()) as { access_token?: string };
  return access_token ?? assert.fail(`the provider answers ${response.status}`);
}

/** Logs in at a Keystone's root: the id, and what Keystone says of it. */
export async function logIn(
  root: string,
  method: Method,
): Promise<{ id: string; token: TokenDocument }> {
  assert.isDefined(method.obtain);
  const send: SendAuth = async ({ method, path, headers, json, body }) => {
    const response = await fetch(`${root}/v3/${path}`, {
      method,
      headers: { ...(json !== undefined && { "Content-Type": "application/json" }), ...headers },
      body: json === undefined ? (body ?? null) : JSON.stringify(json),
      redirect: "manual",
    }).catch((error: unknown) => {
      throw new TransportError(`no answer (${error})`);
    });
    if (response.ok) return response;
    await response.body?.cancel();
    const { status } = response;
    const Class = status === 401 ? UnauthorizedError : KeystoneError;
    throw new Class(`${status}`, { status });
  };
  const context = { authUrl: `${root}/v3`, scope: undefined };
  const { id, document } = await method.obtain(send, context);
  return { id, ...(document as { token: TokenDocument }) };
}

/** The names of the projects that a token may be rescoped to. */
export async function projectsOf(root: string, id: string): Promise<string[]> {
  const headers = { "X-Auth-Token": id };
  const response = await fetch(`${root}/v3/auth/projects`, { headers });
  const { projects } = (await response.json()) as { projects: { name: string }[] };
  return projects.map(({ name }) => name).sort();
}
