import { Anchor, Button, Card, Group, Table, Text, Title } from "@mantine/core";
import type { Session } from "keystone-fetch";
import { groups, users } from "keystone-fetch/identity";
import { type FormEvent, useCallback, useState } from "react";
import { hrefOf } from "./address.ts";
import { ConfirmButton } from "./confirm-button.tsx";
import { Dialog } from "./dialog.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { mayChange, type PartProps } from "./record-kind.ts";
import { keyOf } from "./scopes.ts";
import { SearchSelect } from "./search-select.tsx";
import { useChange } from "./use-change.ts";
import { useLoad } from "./use-load.ts";

/** The users in a group. */
export function GroupMembers({ session, token, authUrl, record }: PartProps) {
  const load = useCallback((from: Session) => groups.users(from, record.id), [record.id]);
  const { data, problem, retry } = useLoad(session, authUrl, load);
  const { problem: refused, change } = useChange(authUrl);
  const [adding, setAdding] = useState(false);
  const may = mayChange(token);

  async function remove(user: string) {
    await change(() => groups.removeUser(session, record.id, user));
    retry();
  }

  return (
    <Card withBorder padding="lg" component="section" aria-label="Users">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4">
          Users
        </Title>
        {may && data && (
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            Add user
          </Button>
        )}
      </Group>
      {problem && <ProblemAlert problem={problem} onRetry={retry} />}
      {refused && <ProblemAlert problem={refused} />}
      {data?.length === 0 && (
        <Text size="sm" c="dimmed">
          No users yet
        </Text>
      )}
      {data && data.length > 0 && (
        <Table verticalSpacing="sm" aria-label="Users">
          <Table.Tbody>
            {data.map(({ id, name }) => (
              <Table.Tr key={id}>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  <Anchor href={hrefOf({ view: `users/${id}`, scope: keyOf(token) })} size="sm">
                    {name}
                  </Anchor>
                </Table.Td>
                <Table.Td ta="end">
                  {may && <ConfirmButton verb="Remove" what={name} onConfirm={() => remove(id)} />}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Dialog title="Add user" opened={adding} onClose={() => setAdding(false)}>
        <AddUser
          session={session}
          authUrl={authUrl}
          group={record.id}
          onAdded={retry}
          onClose={() => setAdding(false)}
        />
      </Dialog>
    </Card>
  );
}

interface AddUserProps {
  readonly session: Session;
  readonly authUrl: string;
  readonly group: string;
  readonly onAdded: () => void;
  readonly onClose: () => void;
}

const listUsers = (session: Session) => users.list(session);

function AddUser({ session, authUrl, group, onAdded, onClose }: AddUserProps) {
  const all = useLoad(session, authUrl, listUsers);
  const { busy, problem, change } = useChange(authUrl);
  const [user, setUser] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!user || !(await change(() => groups.addUser(session, group, user)))) return;
    onAdded();
    onClose();
  }

  return (
    <form onSubmit={submit}>
      {problem && <ProblemAlert problem={problem} />}
      {all.problem && <ProblemAlert problem={all.problem} onRetry={all.retry} />}
      <SearchSelect
        label="User"
        data={all.data?.map(({ id, name }) => ({ value: id, label: name }))}
        value={user}
        onChange={setUser}
      />
      <Group justify="flex-end" mt="md">
        <Button type="submit" loading={busy} disabled={!user}>
          Add
        </Button>
      </Group>
    </form>
  );
}
