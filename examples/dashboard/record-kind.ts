/** What the pages of users, groups, projects, domains and roles have in common, and where they differ. */
import type { Session, Token } from "keystone-fetch";
import type { Listing } from "keystone-fetch/identity";
import type { ComponentType } from "react";
import type { Column } from "./record-table.tsx";

/** What all records of the Identity API have in common; the rest is under the API's own names. */
export interface IdentityRecord {
  readonly id: string;
  readonly name: string;
  readonly [attribute: string]: unknown;
}

/** What a form sends. */
export interface Attributes {
  readonly name: string;
  readonly [attribute: string]: unknown;
}

export interface Field {
  /** The API's own. */
  readonly name: string;
  readonly label: string;
  readonly type?: "text" | "email" | "password" | "domain";
  readonly required?: boolean;
  /** Whether Keystone accepts it only for a new one. */
  readonly fixed?: boolean;
}

export interface RecordKind {
  /** In the address. */
  readonly name: string;
  readonly title: string;
  /** One of them, in words. */
  readonly one: string;
  readonly columns: readonly Column[];
  readonly fields: readonly Field[];
  readonly list: (session: Session) => Listing<IdentityRecord>;
  readonly get: (session: Session, id: string) => Promise<IdentityRecord>;
  readonly create: (session: Session, attributes: Attributes) => Promise<IdentityRecord>;
  readonly update: (
    session: Session,
    id: string,
    changes: Partial<Attributes>,
  ) => Promise<IdentityRecord>;
  readonly delete: (session: Session, id: string) => Promise<void>;
  /** More of the page of one. */
  readonly parts: readonly ComponentType<PartProps>[];
}

export interface PartProps {
  readonly session: Session;
  readonly token: Token;
  readonly authUrl: string;
  readonly record: IdentityRecord;
}

/** Whether buttons for changes are worth showing: whether they may be used, Keystone decides. */
export function mayChange({ roles }: Token): boolean {
  return roles.some(({ name }) => name === "admin" || name === "manager");
}
