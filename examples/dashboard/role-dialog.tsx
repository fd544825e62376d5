import { Button, Checkbox, Group, Loader, Stack, Text } from "@mantine/core";
import type { Session } from "keystone-fetch";
import { roles } from "keystone-fetch/identity";
import { type FormEvent, useCallback, useState } from "react";
import { type Assignee, grantOf, isPerson, type Party } from "./assignees.ts";
import { ChoiceOption } from "./choice-option.tsx";
import { Dialog } from "./dialog.tsx";
import { listParties } from "./parties.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import { SearchSelect } from "./search-select.tsx";
import { useChange } from "./use-change.ts";
import { useLoad } from "./use-load.ts";

interface Props {
  readonly session: Session;
  readonly authUrl: string;
  readonly title: string;
  /** The user, group, project or domain whose page this is. */
  readonly of: Party;
  /** Who has roles with it already. */
  readonly assignees: readonly Assignee[];
  /** The one whose roles are changed; without it, one is chosen. */
  readonly assignee: Assignee | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** Assigns roles and takes them away. */
export function RoleDialog(props: Props & { readonly opened: boolean }) {
  return (
    <Dialog title={props.title} opened={props.opened} onClose={props.onClose}>
      <RoleForm {...props} />
    </Dialog>
  );
}

const idsOf = (assignee: Assignee | undefined): string[] =>
  assignee ? assignee.roles.filter(({ direct }) => direct).map(({ id }) => id) : [];

const listRoles = (session: Session) => roles.list(session);

function RoleForm({ session, authUrl, of, assignees, assignee, onSaved, onClose }: Props) {
  const known = useLoad(session, authUrl, listRoles);
  const { busy, problem, change } = useChange(authUrl);
  const [other, setOther] = useState<Party | undefined>(assignee);
  const [wanted, setWanted] = useState(idsOf(assignee));

  const rolesNow = (party: Party | undefined) =>
    idsOf(assignees.find(({ kind, id }) => kind === party?.kind && id === party.id));

  function choose(party: Party) {
    setOther(party);
    setWanted(rolesNow(party));
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!other) return;
    const before = rolesNow(other);
    const parties = [of, other];
    const done = await change(async () => {
      for (const id of wanted.filter((one) => !before.includes(one)))
        await roles.assign(session, grantOf(id, parties));
      for (const id of before.filter((one) => !wanted.includes(one)))
        await roles.unassign(session, grantOf(id, parties));
    });
    // Some may have succeeded even if another was refused.
    onSaved();
    if (done) onClose();
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        {problem && <ProblemAlert problem={problem} />}
        {known.problem && <ProblemAlert problem={known.problem} onRetry={known.retry} />}
        {!assignee && <PartySelect session={session} authUrl={authUrl} of={of} onChoose={choose} />}
        <Checkbox.Group label="Roles" value={wanted} onChange={setWanted}>
          <Stack gap="xs" mt="xs">
            {!known.data && !known.problem && (
              <Loader size="sm" role="status" aria-label="Loading" />
            )}
            {known.data
              ?.toSorted((a, b) => a.name.localeCompare(b.name))
              .map(({ id, name }) => (
                <Checkbox key={id} value={id} label={name} />
              ))}
          </Stack>
        </Checkbox.Group>
        {assignee?.roles.some(({ direct }) => !direct) && (
          <Text size="xs" c="dimmed">
            What a group, a domain above or another role gives is not changed here.
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={!other}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PartySelectProps extends Pick<Props, "session" | "authUrl" | "of"> {
  readonly onChoose: (party: Party) => void;
}

function PartySelect({ session, authUrl, of, onChoose }: PartySelectProps) {
  const load = useCallback((from: Session) => listParties(from, of), [of]);
  const { data, problem, retry } = useLoad(session, authUrl, load);
  if (problem) return <ProblemAlert problem={problem} onRetry={retry} />;
  return (
    <SearchSelect
      label={isPerson(of) ? "Project or domain" : "User or group"}
      data={data?.map(({ key, label }) => ({ value: key, label }))}
      onChange={(key) => {
        const choice = data?.find((one) => one.key === key);
        if (choice) onChoose(choice);
      }}
      renderOption={({ option }) => (
        <ChoiceOption {...data?.find(({ key }) => key === option.value)} />
      )}
    />
  );
}
