import { Anchor, Badge, Button, Card, Group, Table, Text, Title } from "@mantine/core";
import type { Session } from "keystone-fetch";
import { useCallback, useMemo, useState } from "react";
import { hrefOf } from "./address.ts";
import {
  type AssignedRole,
  type Assignee,
  isPerson,
  listAssignees,
  type Party,
} from "./assignees.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import { mayChange, type PartProps } from "./record-kind.ts";
import { RoleDialog } from "./role-dialog.tsx";
import { keyOf } from "./scopes.ts";
import { useLoad } from "./use-load.ts";

export const UserRoles = roleTable("user", "Roles", "Project or domain", "Assign roles");
export const GroupRoles = roleTable("group", "Roles", "Project or domain", "Assign roles");
export const ProjectRoles = roleTable("project", "Members", "User or group", "Add member");
export const DomainRoles = roleTable("domain", "Members", "User or group", "Add member");

/** Who has which roles with one user, group, project or domain. */
function roleTable(kind: Party["kind"], title: string, label: string, verb: string) {
  return function RoleTable({ session, token, authUrl, record }: PartProps) {
    const of = useMemo(() => ({ kind, id: record.id }), [record.id]);
    const load = useCallback((from: Session) => listAssignees(from, of), [of]);
    const { data, problem, retry } = useLoad(session, authUrl, load);
    /** The one whose roles are being changed; null: somebody new. */
    const [changing, setChanging] = useState<Assignee | null>();
    const may = mayChange(token);
    const titleOf = ({ name }: Assignee) =>
      isPerson(of) ? `${record.name}: roles on ${name}` : `${name}: roles on ${record.name}`;
    return (
      <Card withBorder padding="lg" component="section" aria-label={title}>
        <Group justify="space-between" mb="md">
          <Title order={2} size="h4">
            {title}
          </Title>
          {may && data && (
            <Button size="xs" variant="default" onClick={() => setChanging(null)}>
              {verb}
            </Button>
          )}
        </Group>
        {problem && <ProblemAlert problem={problem} onRetry={retry} />}
        {data?.length === 0 && (
          <Text size="sm" c="dimmed">
            No {title.toLowerCase()} yet
          </Text>
        )}
        {data && data.length > 0 && (
          <Table verticalSpacing="sm" aria-label={title}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{label}</Table.Th>
                <Table.Th scope="col">Roles</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((assignee) => (
                <Row
                  key={`${assignee.kind} ${assignee.id}`}
                  assignee={assignee}
                  scope={keyOf(token)}
                  onChange={may ? () => setChanging(assignee) : undefined}
                />
              ))}
            </Table.Tbody>
          </Table>
        )}
        <RoleDialog
          opened={changing !== undefined}
          session={session}
          authUrl={authUrl}
          title={changing ? titleOf(changing) : verb}
          of={of}
          assignees={data ?? []}
          assignee={changing ?? undefined}
          onSaved={retry}
          onClose={() => setChanging(undefined)}
        />
      </Card>
    );
  };
}

interface RowProps {
  readonly assignee: Assignee;
  readonly scope: string | undefined;
  readonly onChange: (() => void) | undefined;
}

function Row({ assignee: { kind, id, name, about, roles }, scope, onChange }: RowProps) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        {kind === "system" ? (
          <Text size="sm" fw={600}>
            {name}
          </Text>
        ) : (
          <Anchor href={hrefOf({ view: `${kind}s/${id}`, scope })} size="sm" fw={600}>
            {name}
          </Anchor>
        )}
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            {roles.map((role) => (
              <Role key={role.id} role={role} />
            ))}
          </Group>
          {onChange && (
            <Button
              size="xs"
              variant="default"
              aria-label={`Change the roles of ${name}`}
              onClick={onChange}
            >
              Change
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function Role({ role: { name, direct } }: { role: AssignedRole }) {
  return direct ? (
    <Badge variant="light" tt="none" miw="max-content">
      {name}
    </Badge>
  ) : (
    <Badge
      variant="default"
      tt="none"
      fw={400}
      miw="max-content"
      title="From a group, a domain above, or another role"
    >
      {name}
    </Badge>
  );
}
