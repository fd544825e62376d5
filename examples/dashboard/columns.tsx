/** Columns that several tables have. */
import { Anchor, Badge, Stack, Text } from "@mantine/core";
import { CopyText } from "./copy-text.tsx";
import type { IdentityRecord } from "./record-kind.ts";
import type { Column } from "./record-table.tsx";

const about = ({ email, description }: IdentityRecord) => `${email || description || ""}`;

export const nameColumn: Column = {
  label: "Name",
  order: ({ name }) => name,
  cell: (record, href) => (
    <Stack gap={0} style={{ overflowWrap: "anywhere" }}>
      <Anchor href={href} size="sm" fw={600}>
        {record.name}
      </Anchor>
      {/* The whole of a long one is its title. */}
      <Text size="xs" c="dimmed" lineClamp={2} title={about(record)}>
        {about(record)}
      </Text>
    </Stack>
  ),
};

export const enabledColumn: Column = {
  label: "Status",
  order: ({ enabled }) => (enabled === false ? "disabled" : "enabled"),
  cell: ({ enabled }) => <EnabledBadge enabled={enabled} />,
};

export function EnabledBadge({ enabled }: { enabled: unknown }) {
  return (
    <Badge variant="light" color={enabled === false ? "gray" : "teal"} tt="none" miw="max-content">
      {enabled === false ? "disabled" : "enabled"}
    </Badge>
  );
}

export const idColumn: Column = {
  label: "ID",
  cell: ({ id, name }) => <CopyText text={id} what={`the ID of ${name}`} />,
  from: "md",
};

export const domainColumn: Column = {
  label: "Domain",
  order: ({ domain }) => `${domain}`,
  cell: ({ domain }) => (
    <Text size="sm" miw="9ch" style={{ overflowWrap: "anywhere" }}>{`${domain}`}</Text>
  ),
};
