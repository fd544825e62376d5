import { expect, expectText } from "../expect.ts";
import type { TestKeystoneSettings } from "./options.ts";
import { randomSecret } from "./random.ts";
import { issueToken, revokeTokensOf } from "./tokens.ts";
import { setPassword } from "./users.ts";
import { type Entity, findEntity, type Place, text, type World } from "./world.ts";

/** A user by name in the domain Default, or in another one. */
export type UserName = string | { readonly name: string; readonly domain: string };

/** A session's `scope`: a project by name. */
export interface TestScope {
  readonly project: { readonly name: string; readonly domain: { readonly name: string } };
}

/** What `createSession()` takes. */
export interface TestSessionOptions {
  readonly authUrl: string;
  readonly auth: {
    readonly name: string;
    readonly identity: object;
    readonly payload: () => object;
  };
  readonly scope: TestScope | "unscoped";
  readonly fetch: typeof globalThis.fetch;
}

/** What a test can do to the test Keystone. Everything takes effect at once. */
export interface TestKeystoneControls {
  /** `createSession(keystone.options)`: the first user, on the first project they have a role on. */
  readonly options: TestSessionOptions;
  /**
   * The same for any user; `project` is a name in the user's domain, by default the first project on
   * which they have a role. The password is the user's current one.
   *
   * @throws {OptionsError} for an unknown user or project.
   */
  optionsFor(user: UserName, project?: string): TestSessionOptions;
  /**
   * Issues a token for that user, as a login would: to test what receives tokens.
   *
   * @throws {OptionsError} for an unknown user or project.
   */
  issueToken(user: UserName, project?: string): string;
  /** Rejects all tokens that exist now, as if they had expired. */
  expireTokens(): void;
  /** Rejects that token from now on. */
  revoke(token: string | { readonly id: string }): void;
  /** The user can no longer log in, and their tokens are rejected for good. */
  disableUser(user: UserName): void;
  /** The user can log in again; their old tokens stay rejected. */
  enableUser(user: UserName): void;
  /** Changes the user's password, and rejects their tokens. */
  setPassword(user: UserName, password: string): void;
  /** The user has to change their password before they can log in. Their tokens live on. */
  expirePassword(user: UserName): void;
  /** The user needs a passcode besides the password from now on; returns that passcode. */
  requireTotp(user: UserName, passcode?: string): string;
}

export function createControls(
  world: World,
  { users }: TestKeystoneSettings,
  fetch: typeof globalThis.fetch,
): TestKeystoneControls {
  function find(user: UserName): Entity {
    const named = typeof user === "string" ? { name: user, domain: "Default" } : user;
    const domain_id = findEntity(world.domains.values(), { name: named?.domain })?.id;
    const found = findEntity(world.users.values(), { name: named?.name, domain_id });
    expect(found, "user", "the name of a user in the test Keystone");
    return found;
  }

  function change(user: UserName, attributes: Readonly<Record<string, unknown>>): Entity {
    const before = find(user);
    const entity = { ...before, ...attributes };
    world.users.set(entity.id, entity);
    return entity;
  }

  /** The project of that name, or the first on which the user was given a role. */
  function projectOf(user: Entity, name: string | undefined): Entity | undefined {
    if (name !== undefined) {
      const match = { name, domain_id: user.domain_id };
      const found = findEntity(world.projects.values(), match);
      expect(found, "project", "the name of a project in the user's domain");
      return found;
    }
    const grants = [...world.assignments].filter((one) => one.user === user.id && one.project);
    return world.projects.get(grants[0]?.project ?? "");
  }

  const domainName = (entity: Entity): string =>
    text(world.domains.get(text(entity, "domain_id")), "name");

  function optionsFor(user: UserName, project?: string): TestSessionOptions {
    const entity = find(user);
    const identity = { name: text(entity, "name"), domain: { name: domainName(entity) } };
    const { password } = world.secrets.get(entity.id) ?? {};
    const on = projectOf(entity, project);
    return {
      authUrl: `${world.root}/v3`,
      auth: {
        name: "password",
        identity: { user: identity },
        payload: () => ({ user: { ...identity, password } }),
      },
      scope: on
        ? { project: { name: text(on, "name"), domain: { name: domainName(on) } } }
        : "unscoped",
      fetch,
    };
  }

  const [first] = users;
  const firstUser = { name: first?.name ?? "", domain: first?.domain ?? "Default" };

  return {
    get options() {
      return optionsFor(firstUser);
    },
    optionsFor,
    issueToken(user, project) {
      const entity = find(user);
      const on = projectOf(entity, project);
      const place: Place = on ? { project: on.id } : {};
      return issueToken(world, { user: entity.id, methods: ["password"], place }).id;
    },
    expireTokens() {
      const now = world.now();
      for (const [id, issued] of world.tokens) {
        const expiresAt = Math.min(issued.expiresAt, now);
        world.tokens.set(id, { ...issued, expiresAt });
      }
    },
    revoke(token) {
      const id = typeof token === "string" ? token : token?.id;
      expectText(id, "token");
      world.revoked.add(id);
    },
    disableUser(user) {
      revokeTokensOf(world, change(user, { enabled: false }).id);
    },
    enableUser(user) {
      change(user, { enabled: true });
    },
    setPassword(user, password) {
      expectText(password, "password");
      setPassword(world, find(user).id, password);
    },
    expirePassword(user) {
      const { id } = change(user, { password_expires_at: "2000-01-01T00:00:00.000000" });
      world.secrets.set(id, { ...world.secrets.get(id), passwordExpired: true });
    },
    requireTotp(user, passcode = randomPasscode()) {
      expectText(passcode, "passcode");
      const options = { multi_factor_auth_rules: [["password", "totp"]] };
      const { id } = change(user, { options });
      world.secrets.set(id, { ...world.secrets.get(id), passcode });
      return passcode;
    },
  };
}

const randomPasscode = (): string => {
  const digits = [...randomSecret()].map((letter) => letter.charCodeAt(0) % 10);
  return digits.slice(0, 6).join("");
};
