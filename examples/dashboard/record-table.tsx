import {
  Button,
  EmptyState,
  Group,
  Paper,
  Skeleton,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { Problem } from "./explain.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import type { WithDomains } from "./records.ts";

/** What all records of the Identity API have; the rest is under the API's own names. */
export interface IdentityRecord {
  readonly id: string;
  readonly name: string;
  readonly [attribute: string]: unknown;
}

export interface Column {
  readonly label: string;
  readonly cell: (record: IdentityRecord) => ReactNode;
  /** From which width on there is room for it. */
  readonly from?: "sm" | "md";
}

interface Props {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly data: WithDomains | undefined;
  readonly problem: Problem | undefined;
  readonly onRetry: () => void;
}

const STEP = 50;

/** A searchable table of users, projects or roles, by name. */
export function RecordTable({ title, columns, data, problem, onRetry }: Props) {
  const records = data?.records;
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(STEP);
  const wanted = search.toLowerCase();
  const found = (records ?? [])
    .filter((record) => textOf(record).includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name));

  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {title}
        </Title>
        <TextInput
          aria-label={`Search ${title.toLowerCase()}`}
          placeholder="Search"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </Group>
      {problem && <ProblemAlert problem={problem} onRetry={onRetry} />}
      {records && (
        <>
          <Text size="sm" c="dimmed" role="status">
            {found.length} of {records.length} {title.toLowerCase()}
            {data?.truncated && "; Keystone has more, and does not list them"}
          </Text>
          <Paper withBorder style={{ overflow: "hidden" }}>
            <Table verticalSpacing="sm" highlightOnHover aria-label={title}>
              <Table.Thead>
                <Table.Tr>
                  {columns.map(({ label, from }) => (
                    <Table.Th key={label} visibleFrom={from} scope="col">
                      {label}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {found.slice(0, limit).map((record) => (
                  <Table.Tr key={record.id}>
                    {columns.map(({ label, cell, from }) => (
                      <Table.Td key={label} visibleFrom={from}>
                        {cell(record)}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Paper>
          {found.length === 0 && (
            <EmptyState
              icon={<IconSearch aria-hidden />}
              title="Nothing found"
              description={records.length > 0 ? "Search for less." : "Keystone lists none here."}
            />
          )}
          {found.length > limit && (
            <Button variant="default" onClick={() => setLimit(limit + STEP)}>
              Show more
            </Button>
          )}
        </>
      )}
      {!records && !problem && (
        <Stack gap="xs" role="status" aria-label="Loading">
          {["50%", "100%", "90%", "95%", "85%"].map((width) => (
            <Skeleton key={width} height={36} width={width} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

/** What one would look for: names and ids, also those that have no column. */
const textOf = (record: IdentityRecord): string =>
  Object.values(record)
    .filter((value) => typeof value === "string")
    .join(" ")
    .toLowerCase();
