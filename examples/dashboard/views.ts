import {
  IconBuildings,
  IconFolders,
  IconKey,
  IconLayoutDashboard,
  IconListSearch,
  IconShieldHalf,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { Session, Token } from "keystone-fetch";
import type { ComponentType } from "react";
import { ApplicationCredentials } from "./application-credentials.tsx";
import { Catalog } from "./catalog.tsx";
import { Overview } from "./overview.tsx";
import type { RecordKind } from "./record-kind.ts";
import { domainKind, groupKind, projectKind, roleKind, userKind } from "./record-kinds.ts";
import { recordView } from "./record-view.tsx";

/** The props of every view. */
export interface ViewProps {
  readonly session: Session;
  readonly token: Token;
  readonly authUrl: string;
  /** What follows the view's name in the address, as in `#/users/ID`. */
  readonly id?: string | undefined;
}

export interface View {
  readonly name: string;
  readonly title: string;
  readonly Icon: ComponentType<{ size?: number }>;
  readonly View: ComponentType<ViewProps>;
  readonly administration?: boolean;
}

export const views: readonly View[] = [
  { name: "overview", title: "Overview", Icon: IconLayoutDashboard, View: Overview },
  { name: "catalog", title: "Service catalog", Icon: IconListSearch, View: Catalog },
  {
    name: "credentials",
    title: "Application credentials",
    Icon: IconKey,
    View: ApplicationCredentials,
  },
  administration(IconUsers, userKind),
  administration(IconUsersGroup, groupKind),
  administration(IconFolders, projectKind),
  administration(IconBuildings, domainKind),
  administration(IconShieldHalf, roleKind),
];

function administration(Icon: View["Icon"], kind: RecordKind): View {
  const { name, title } = kind;
  return { name, title, Icon, View: recordView(kind), administration: true };
}

/**
 * Whether the tables of users, projects, roles and so on are worth showing: by Keystone's own rules,
 * only administrators and people who work in a domain see anything in them.
 */
export function mayAdministrate({ roles, scope }: Token): boolean {
  return Boolean(scope.domain || scope.system) || roles.some(({ name }) => name === "admin");
}
