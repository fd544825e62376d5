import {
  IconFolders,
  IconLayoutDashboard,
  IconListSearch,
  IconShieldHalf,
  IconUsers,
} from "@tabler/icons-react";
import type { Session, Token } from "keystone-fetch";
import type { ComponentType } from "react";
import { Catalog } from "./catalog.tsx";
import { Overview } from "./overview.tsx";
import { Projects } from "./projects.tsx";
import { Roles } from "./roles.tsx";
import { Users } from "./users.tsx";

/** What every view is given. */
export interface ViewProps {
  readonly session: Session;
  readonly token: Token;
  readonly authUrl: string;
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
  { name: "users", title: "Users", Icon: IconUsers, View: Users, administration: true },
  { name: "projects", title: "Projects", Icon: IconFolders, View: Projects, administration: true },
  { name: "roles", title: "Roles", Icon: IconShieldHalf, View: Roles, administration: true },
];

/**
 * Whether the tables of users, projects and roles are worth showing: Keystone's own rules decide
 * what is in them, and those are for administrators, and for whoever works in a domain.
 */
export function mayAdministrate({ roles, scope }: Token): boolean {
  const wide = scope !== "unscoped" && ("domain" in scope || "system" in scope);
  return wide || roles.some(({ name }) => name === "admin");
}
