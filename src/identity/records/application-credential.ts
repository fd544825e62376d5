import { looseObject, string } from "valibot";
import type { Kind } from "../shared/kind.ts";
import type { HandedRole } from "../shared/role-list.ts";
import { id, maybe, maybeFlag, maybeListOf, text, time } from "../shared/shapes.ts";
import { type AccessRule, accessRuleKind } from "./access-rule.ts";
import { type Role, roleKind } from "./role.ts";

/** An access rule of a new application credential: a new rule, or an existing one by its id. */
export type NewAccessRule =
  | { readonly id: string }
  | { readonly service: string; readonly method: string; readonly path: string };

/** An application credential of a user, as the API has it. */
export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  /** Null if it was created with an unscoped token: then it is of no use. */
  readonly project_id?: string | null | undefined;
  readonly user_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** UTC, with the zone that Keystone leaves out; null: never. */
  readonly expires_at?: string | null | undefined;
  /** Whether it may itself be used to create and delete application credentials and trusts. */
  readonly unrestricted?: boolean | null | undefined;
  readonly roles?: readonly Role[] | null | undefined;
  readonly access_rules?: readonly AccessRule[] | null | undefined;
  readonly [attribute: string]: unknown;
}

/** A new application credential. Its secret is shown this once, and never again. */
export interface ApplicationCredentialCreated extends ApplicationCredential {
  readonly secret: string;
}

/** The attributes of a new application credential. It cannot be changed afterwards. */
export interface ApplicationCredentialCreate {
  readonly name: string;
  /** Default: one that the server generates. */
  readonly secret?: string | undefined;
  readonly description?: string | null | undefined;
  /** Default: never. */
  readonly expires_at?: string | Date | null | undefined;
  /** Roles of the token, by id or name. Default: all of them. */
  readonly roles?: readonly HandedRole[] | null | undefined;
  /** Default: false. */
  readonly unrestricted?: boolean | null | undefined;
  /** Default: it may be used for every request. */
  readonly access_rules?: readonly NewAccessRule[] | null | undefined;
}

const entries = {
  id,
  name: text,
  project_id: maybe(string()),
  user_id: maybe(string()),
  description: maybe(string()),
  expires_at: time,
  unrestricted: maybeFlag,
  roles: maybeListOf(roleKind.schema),
  access_rules: maybeListOf(accessRuleKind.schema),
};

const one = "application_credential";

export const applicationCredentialKind: Kind<ApplicationCredential> = {
  one,
  many: "application_credentials",
  schema: looseObject(entries),
};

/** The same with its secret. */
export const createdKind = { one, schema: looseObject({ ...entries, secret: string() }) };
