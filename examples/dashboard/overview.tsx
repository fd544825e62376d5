import {
  Anchor,
  Badge,
  Card,
  DataList,
  Group,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { regions, serviceTypes, type Token } from "keystone-fetch";
import type { ReactNode } from "react";
import { hrefOf } from "./address.ts";
import { CopyText } from "./copy-text.tsx";
import { nameOf } from "./scope-switcher.tsx";
import { keyOf } from "./scopes.ts";
import { inWords } from "./time-left.ts";
import type { ViewProps } from "./views.ts";

/** Who the user is, where, and with which roles. */
export function Overview({ token }: ViewProps) {
  const { user, roles, catalog, methods, issuedAt, expiresAt } = token;
  const types = serviceTypes(catalog);
  const id = token.scope.project?.id ?? token.scope.domain?.id;
  const life = (expiresAt.getTime() - issuedAt.getTime()) / 1000;
  return (
    <Stack>
      <div>
        <Text size="sm" c="dimmed">
          {kindOf(token)}
        </Text>
        <Title order={1} size="h2">
          {nameOf(token) ?? `Welcome, ${user.name}`}
        </Title>
      </div>
      {token.scope === "unscoped" && (
        <Text>
          You are in no project or domain. Choose one above; if there is none, ask an administrator
          for a role, then sign in again.
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title="You">
          <Item label="User">{user.name}</Item>
          <Item label="Domain">{user.domain.name}</Item>
          <Item label="Signed in with">
            {methods
              // These are the steps by which this tab got its token, not what anybody signs in
              // with.
              .filter((name) => name !== "token")
              .map((name) => name.replace("_", " "))
              .sort()
              .join(", ")}
          </Item>
        </Panel>
        <Panel title="Scope">
          <Item label="Name">{nameOf(token) ?? "none"}</Item>
          {id && (
            <Item label="ID">
              <CopyText text={id} what="the ID" />
            </Item>
          )}
          <Item label="Roles">
            <Group gap="xs">
              {roles.length === 0 && "none"}
              {roles
                .toSorted((a, b) => a.name.localeCompare(b.name))
                .map(({ id, name }) => (
                  <Badge key={id} variant="light" tt="none">
                    {name}
                  </Badge>
                ))}
            </Group>
          </Item>
        </Panel>
        <Panel title="Available services">
          <Item label="Services">
            {types.length === 0 ? (
              "none"
            ) : (
              <Anchor href={hrefOf({ view: "catalog", scope: keyOf(token) })} size="sm">
                {types.length} in the catalog
              </Anchor>
            )}
          </Item>
          <Item label="Regions">{regions(catalog).join(", ") || "none"}</Item>
        </Panel>
        <Panel title="Token">
          <Item label="Issued">{issuedAt.toLocaleTimeString()}</Item>
          <Item label="Expires">{expiresAt.toLocaleTimeString()}</Item>
          <Item label="Lifetime">{inWords(life)}</Item>
        </Panel>
      </SimpleGrid>
    </Stack>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder padding="lg">
      <Title order={2} size="h4" mb="md">
        {title}
      </Title>
      <DataList size="sm">{children}</DataList>
    </Card>
  );
}

function Item({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue miw={0}>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}

function kindOf({ scope }: Token): string {
  if (scope === "unscoped") return "No project";
  if (scope.project) return `Project in the domain ${scope.project.domain.name}`;
  if (scope.domain) return "Domain";
  return scope.system ? "System" : "Trust";
}
