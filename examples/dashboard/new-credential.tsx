import { Button, Group, PasswordInput, Select, Stack, Text, TextInput } from "@mantine/core";
import type { Session } from "keystone-fetch";
import { applicationCredentials } from "keystone-fetch/identity";
import { type FormEvent, useState } from "react";
import { cloudsYaml, download, type NewCredential, openrc } from "./configuration-files.ts";
import { Dialog } from "./dialog.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { useChange } from "./use-change.ts";

interface Props {
  readonly session: Session;
  readonly userId: string;
  /** The project that it is for, by name. */
  readonly place: string;
  readonly authUrl: string;
  readonly onCreated: () => void;
  readonly onClose: () => void;
}

/** Creates an application credential, and shows its secret, which can't be seen again later. */
export function NewCredentialDialog(props: Props & { readonly opened: boolean }) {
  return (
    <Dialog title="New application credential" opened={props.opened} onClose={props.onClose}>
      <Creation {...props} />
    </Dialog>
  );
}

const lives = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "One year" },
  { value: "", label: "Never" },
];
const day = 24 * 60 * 60 * 1000;

/** Lives as long as the dialog is open, and so does the secret. */
function Creation({ session, userId, place, authUrl, onCreated, onClose }: Props) {
  const { busy, problem, change } = useChange(authUrl);
  const [days, setDays] = useState<string | null>("90");
  const [created, setCreated] = useState<NewCredential>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    const done = await change(async () => {
      const made = await applicationCredentials.create(session, userId, {
        name: text("name"),
        description: text("description"),
        expires_at: days ? new Date(Date.now() + Number(days) * day) : undefined,
      });
      setCreated(made);
    });
    if (done) onCreated();
  }

  if (created) return <Created created={created} authUrl={authUrl} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          A program that has it can do in the project <b>{place}</b> what you can do there, without
          your password.
        </Text>
        {problem && <ProblemAlert problem={problem} />}
        <TextInput name="name" label="Name" autoComplete="off" required data-autofocus />
        <TextInput name="description" label="Description" autoComplete="off" />
        <Select
          label="Expires in"
          data={lives}
          value={days}
          onChange={setDays}
          allowDeselect={false}
          comboboxProps={{ shadow: "md", withinPortal: false }}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Created({
  created,
  authUrl,
  onClose,
}: Pick<Props, "authUrl" | "onClose"> & { readonly created: NewCredential }) {
  return (
    <Stack>
      <Text size="sm" role="status">
        <b>{created.name}</b> has been created. Save its secret now: Keystone never shows it again.
      </Text>
      <TextInput label="ID" value={created.id} readOnly />
      <PasswordInput label="Secret" value={created.secret} readOnly autoComplete="off" />
      <Group>
        <Button
          variant="default"
          size="xs"
          onClick={() => download("clouds.yaml", cloudsYaml(authUrl, created))}
        >
          Download clouds.yaml
        </Button>
        <Button
          variant="default"
          size="xs"
          onClick={() => download("openrc.sh", openrc(authUrl, created))}
        >
          Download openrc.sh
        </Button>
      </Group>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
