import {
  EmptyState,
  Group,
  Pagination,
  Paper,
  Skeleton,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
  UnstyledButton,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSearch, IconSelector } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";
import type { Problem } from "./explain.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import type { IdentityRecord } from "./record-kind.ts";
import type { WithDomains } from "./records.ts";

export interface Column {
  readonly label: string;
  /** @param href the record's own page */
  readonly cell: (record: IdentityRecord, href: string) => ReactNode;
  /** What it is sorted by; absent if an order makes no sense. */
  readonly order?: (record: IdentityRecord) => string;
  /** The width from which on there is room for it. */
  readonly from?: "sm" | "md";
}

interface Props {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly data: WithDomains | undefined;
  readonly problem: Problem | undefined;
  readonly onRetry: () => void;
  readonly hrefOf: (record: IdentityRecord) => string;
  /** What can be done here besides searching. */
  readonly action: ReactNode;
}

/** One column, up or down. */
interface Sort {
  readonly label: string;
  readonly down: boolean;
}

const ROWS = 25;

/** A table of users, projects or roles, to search and to sort, in pages. */
export function RecordTable({ title, columns, data, problem, onRetry, hrefOf, action }: Props) {
  const records = data?.records;
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState<Sort>({ label: "Name", down: false });
  const [wantedPage, setPage] = useState(1);
  const top = useRef<HTMLDivElement>(null);
  const wanted = search.toLowerCase();
  const found = sorted(
    (records ?? []).filter((record) => textOf(record).includes(wanted)),
    columns.find(({ label }) => label === sort.label),
    sort.down,
  );
  const pages = Math.max(1, Math.ceil(found.length / ROWS));
  const page = Math.min(wantedPage, pages);
  const first = (page - 1) * ROWS;
  const shown = found.slice(first, first + ROWS);

  function sortBy(label: string) {
    setSort({ label, down: sort.label === label && !sort.down });
    setPage(1);
  }

  function turnTo(next: number) {
    setPage(next);
    top.current?.scrollIntoView({ block: "start" });
  }

  return (
    <Stack ref={top} style={{ scrollMarginTop: 76 }}>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {title}
        </Title>
        <Group wrap="nowrap" w={{ base: "100%", sm: "auto" }}>
          <TextInput
            flex={1}
            aria-label={`Search ${title.toLowerCase()}`}
            placeholder="Search"
            leftSection={<IconSearch size={16} aria-hidden />}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              setPage(1);
            }}
          />
          {action}
        </Group>
      </Group>
      {problem && <ProblemAlert problem={problem} onRetry={onRetry} />}
      {records && (
        <>
          <Text size="sm" c="dimmed" role="status">
            {found.length} of {records.length} {title.toLowerCase()}
            {pages > 1 && `, showing ${first + 1}–${first + shown.length}`}
            {data?.truncated && "; Keystone cut its list short: there are more"}
          </Text>
          <Paper withBorder style={{ overflow: "hidden" }}>
            <Table verticalSpacing="sm" highlightOnHover aria-label={title}>
              <Table.Thead>
                <Table.Tr>
                  {columns.map((column) => (
                    <Heading
                      key={column.label}
                      column={column}
                      sort={sort}
                      onSort={() => sortBy(column.label)}
                    />
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shown.map((record) => (
                  <Table.Tr key={record.id}>
                    {columns.map(({ label, cell, from }) => (
                      <Table.Td key={label} visibleFrom={from}>
                        {cell(record, hrefOf(record))}
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
              description={
                records.length > 0
                  ? "Try fewer or shorter words."
                  : "Keystone lists none for this project or domain."
              }
            />
          )}
          {pages > 1 && (
            <Pagination
              total={pages}
              value={page}
              onChange={turnTo}
              size="sm"
              aria-label={`Pages of ${title.toLowerCase()}`}
              getItemProps={(number) => ({ "aria-label": `Page ${number}` })}
              getControlProps={(control) => ({ "aria-label": `${control} page` })}
            />
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

interface HeadingProps {
  readonly column: Column;
  readonly sort: Sort;
  readonly onSort: () => void;
}

function Heading({ column: { label, from, order }, sort, onSort }: HeadingProps) {
  const direction = sort.down ? "descending" : "ascending";
  const current = sort.label === label ? direction : undefined;
  const Icon = current ? arrows[current] : IconSelector;
  return (
    <Table.Th visibleFrom={from} scope="col" aria-sort={current}>
      {order ? (
        <UnstyledButton onClick={onSort} fz="sm" fw={700}>
          <Group gap={4} wrap="nowrap">
            {label}
            <Icon size={14} aria-hidden />
          </Group>
        </UnstyledButton>
      ) : (
        label
      )}
    </Table.Th>
  );
}

const arrows = { ascending: IconArrowUp, descending: IconArrowDown };

/** By a column, and by name if two are the same there. */
function sorted(
  records: readonly IdentityRecord[],
  column: Column | undefined,
  down: boolean,
): IdentityRecord[] {
  const keyOf = (record: IdentityRecord) => column?.order?.(record) ?? record.name;
  const byName = records.toSorted((a, b) => collator.compare(a.name, b.name));
  return byName.sort((a, b) => collator.compare(keyOf(a), keyOf(b)) * (down ? -1 : 1));
}

/** "node-9" before "node-10". */
const collator = new Intl.Collator(undefined, { numeric: true });

/** What people search for: names and ids, even those without a column. */
const textOf = (record: IdentityRecord): string =>
  Object.values(record)
    .filter((value) => typeof value === "string")
    .join(" ")
    .toLowerCase();
