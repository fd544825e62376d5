/** Columns that several tables have. */
import { Badge, Stack, Text } from "@mantine/core";
import type { Named } from "keystone-fetch";
import { CopyText } from "./copy-text.tsx";
import type { Column } from "./record-table.tsx";

export const nameColumn: Column = {
  label: "Name",
  cell: ({ name, email, description }) => (
    <Stack gap={0}>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {`${email || description || ""}`}
      </Text>
    </Stack>
  ),
};

export const enabledColumn: Column = {
  label: "Status",
  cell: ({ enabled }) => (
    <Badge variant="light" color={enabled === false ? "gray" : "teal"} tt="none" miw="max-content">
      {enabled === false ? "disabled" : "enabled"}
    </Badge>
  ),
};

export const idColumn: Column = {
  label: "ID",
  cell: ({ id, name }) => <CopyText text={id} what={`the ID of ${name}`} />,
  from: "md",
};

/** @param domains to show a name for each id; not everybody may list them */
export const domainColumn = (domains: readonly Named[]): Column => ({
  label: "Domain",
  cell: ({ domain_id }) =>
    domains.find(({ id }) => id === domain_id)?.name ?? `${domain_id ?? "every domain"}`,
  from: "sm",
});
