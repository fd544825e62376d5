import {
  Button,
  EmptyState,
  Group,
  Paper,
  Skeleton,
  Stack,
  Table,
  Text,
  Title,
  VisuallyHidden,
} from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import type { Session } from "keystone-fetch";
import { applicationCredentials } from "keystone-fetch/identity";
import { useCallback, useState } from "react";
import { ConfirmButton } from "./confirm-button.tsx";
import { dateOf } from "./date-of.ts";
import { NewCredentialDialog } from "./new-credential.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { useChange } from "./use-change.ts";
import { useLoad } from "./use-load.ts";
import type { ViewProps } from "./views.ts";

/** The user's own application credentials, of all projects; a new one is for the current project. */
export function ApplicationCredentials({ session, token, authUrl }: ViewProps) {
  const userId = token.user.id;
  const load = useCallback((from: Session) => applicationCredentials.list(from, userId), [userId]);
  const { data, problem, retry } = useLoad(session, authUrl, load);
  const [creating, setCreating] = useState(false);
  const { problem: refused, change } = useChange(authUrl);
  const { project } = token.scope;

  async function remove(id: string) {
    await change(() => applicationCredentials.delete(session, userId, id));
    retry();
  }

  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">
          Application credentials
        </Title>
        {project && <Button onClick={() => setCreating(true)}>New credential</Button>}
      </Group>
      {!project && <Text>Choose a project to create an application credential for it.</Text>}
      {problem && <ProblemAlert problem={problem} onRetry={retry} />}
      {refused && <ProblemAlert problem={refused} />}
      {!data && !problem && <Skeleton height={120} role="status" aria-label="Loading" />}
      {data?.length === 0 && (
        <EmptyState
          icon={<IconKey aria-hidden />}
          title="None yet"
          description="With one, a program can sign in without your password."
        />
      )}
      {data && data.length > 0 && (
        <Paper withBorder style={{ overflow: "hidden" }}>
          <Table verticalSpacing="sm" aria-label="Application credentials">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Name</Table.Th>
                <Table.Th scope="col" visibleFrom="sm">
                  Roles
                </Table.Th>
                <Table.Th scope="col" visibleFrom="sm">
                  Expires
                </Table.Th>
                <Table.Th scope="col">
                  <VisuallyHidden>Actions</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((credential) => (
                <Row
                  key={credential.id}
                  credential={credential}
                  onDelete={() => remove(credential.id)}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      )}
      <NewCredentialDialog
        opened={creating}
        session={session}
        userId={userId}
        place={project?.name ?? ""}
        authUrl={authUrl}
        onCreated={retry}
        onClose={() => setCreating(false)}
      />
    </Stack>
  );
}

interface RowProps {
  readonly credential: applicationCredentials.ApplicationCredential;
  readonly onDelete: () => void;
}

/** Deleting takes two clicks: programs that sign in with it stop working at once. */
function Row({ credential: { name, description, roles, expires_at }, onDelete }: RowProps) {
  const expiry = expires_at ? dateOf(expires_at) : "never";
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={2} title={description ?? undefined}>
          {description}
        </Text>
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          Expires: {expiry}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{roles?.map((role) => role.name).join(", ")}</Table.Td>
      <Table.Td visibleFrom="sm">{expiry}</Table.Td>
      <Table.Td ta="end">
        <ConfirmButton verb="Delete" what={name} onConfirm={onDelete} />
      </Table.Td>
    </Table.Tr>
  );
}
