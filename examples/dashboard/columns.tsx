/** Columns that several tables have. */
import { Badge, Stack, Text } from "@mantine/core";
import { CopyText } from "./copy-text.tsx";
import type { Column } from "./record-table.tsx";

export const nameColumn: Column = {
  label: "Name",
  cell: ({ name, email, description }) => (
    <Stack gap={0} style={{ overflowWrap: "anywhere" }}>
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

export const domainColumn: Column = {
  label: "Domain",
  cell: ({ domain }) => (
    <Text size="sm" miw="9ch" style={{ overflowWrap: "anywhere" }}>{`${domain}`}</Text>
  ),
};
