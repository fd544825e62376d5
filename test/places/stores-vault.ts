/** A Worker whose sessions keep their token in a Durable Object: `/<what>?url=<authUrl>`. */
import { createSession, password } from "keystone-fetch";
import { durableStore, encrypted, TokenVault, type VaultNamespace } from "keystone-fetch/stores";

interface Bindings {
  readonly VAULT: VaultNamespace;
  readonly RENEWING: VaultNamespace;
  readonly ACCOUNT: { readonly name: string; readonly password: string };
  readonly KEY: string;
  /** For the vaults that renew by themselves. */
  readonly SHORT_LIVED: string;
}

function sessionFor(authUrl: string, bindings: Bindings, namespace: VaultNamespace) {
  const { ACCOUNT, KEY } = bindings;
  const auth = password({ ...ACCOUNT, domain: { id: "default" } });
  const scope = { project: { name: "web", domain: { id: "default" } } };
  const store = encrypted(durableStore(namespace), KEY);
  return createSession({ authUrl, auth, scope, store, retry: 0 });
}

/** A vault that also tells what it keeps. */
export class Vault extends TokenVault<Bindings> {
  readonly #state: Stored;

  constructor(state: Stored, env: Bindings) {
    super(state, env);
    this.#state = state;
  }

  override async fetch(request: Request): Promise<Response> {
    if (!request.url.endsWith("/inspect")) return super.fetch(request);
    return Response.json({
      entries: [...(await this.#state.storage.list())].length,
      alarm: await this.#state.storage.getAlarm(),
    });
  }
}

type Stored = ConstructorParameters<typeof TokenVault>[0] & {
  readonly storage: {
    list(): Promise<Map<string, unknown>>;
    getAlarm(): Promise<number | null>;
  };
};

/** The tokens that the vaults got by themselves, in the same isolate as the Worker. */
const renewed: unknown[] = [];

/** The same, and it renews its token. */
export class Renewing extends Vault {
  override async renew() {
    const { SHORT_LIVED, RENEWING } = this.env;
    const token = await sessionFor(SHORT_LIVED, this.env, RENEWING).authenticate();
    renewed.push(token.auditIds[0]);
  }
}

type Work = (query: URLSearchParams, bindings: Bindings) => Promise<unknown>;

const routes: Record<string, Work> = {
  /** Which token a session gets. */
  async token(query, bindings) {
    const { VAULT, RENEWING } = bindings;
    const namespace = query.has("renewing") ? RENEWING : VAULT;
    const session = sessionFor(query.get("url") ?? "", bindings, namespace);
    const [token] = (await session.token()).auditIds;
    if (query.has("revoke")) await session.revoke();
    return token;
  },
  renewed: async () => renewed,
  async set(query, { VAULT }) {
    const value = "x".repeat(Number(query.get("length")));
    const store = durableStore(VAULT);
    await store.set(query.get("key") ?? "", value, Number(query.get("life")));
  },
  async length(query, { VAULT }) {
    return (await durableStore(VAULT).get(query.get("key") ?? ""))?.length ?? null;
  },
  /** Takes the turn, and then answers: whatever the request is still doing ends with it. */
  leave: (query, { VAULT }) => new Promise((resolve) => hold(query, VAULT, () => resolve("left"))),
  /** Takes the turn and keeps it until the end. */
  stay: (query, { VAULT }) => hold(query, VAULT, () => {}),
  turn: (query, { VAULT }) => turn(VAULT, query, async () => "done"),
  /** What the vault of a key keeps. */
  async inspect(query, { VAULT }) {
    const hash = await crypto.subtle.digest(
      "SHA-256",
      new TextEncoder().encode(query.get("key") ?? ""),
    );
    const name = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0"));
    const vault = VAULT.get(VAULT.idFromName(name.join("")));
    const answer = await vault.fetch("https://vault.invalid/inspect", { method: "GET" });
    return JSON.parse(await answer.text());
  },
};

function hold(query: URLSearchParams, namespace: VaultNamespace, begun: () => void) {
  return turn(namespace, query, async () => {
    await durableStore(namespace).set(`${query.get("key")} is held`, "yes", 60_000);
    begun();
    // In steps: if a Worker's request waits for nothing at all, it is ended at once.
    for (;;) await new Promise((resolve) => setTimeout(resolve, 500));
  });
}

function turn<T>(namespace: VaultNamespace, query: URLSearchParams, work: () => Promise<T>) {
  return durableStore(namespace).lock?.(query.get("key") ?? "", work) ?? Promise.reject();
}

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    try {
      const result = await routes[pathname.slice(1)]?.(searchParams, bindings);
      return Response.json({ result });
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
