import { Button, Group, PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import type { Session, Token } from "keystone-fetch";
import type { FormEvent } from "react";
import { Dialog } from "./dialog.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import type { Attributes, Field, IdentityRecord, RecordKind } from "./record-kind.ts";
import { knownDomains } from "./records.ts";
import { useChange } from "./use-change.ts";
import { useLoad } from "./use-load.ts";

interface Props {
  readonly kind: RecordKind;
  readonly session: Session;
  readonly token: Token;
  readonly authUrl: string;
  /** The one to change; a new one without it. */
  readonly record?: IdentityRecord;
  readonly onSaved: (record: IdentityRecord) => void;
  readonly onClose: () => void;
}

/** A form for the attributes of a user, project and so on. */
export function RecordDialog(props: Props & { readonly opened: boolean }) {
  const { kind, record, opened, onClose } = props;
  const title = record ? `Edit ${record.name}` : `New ${kind.one}`;
  return (
    <Dialog title={title} opened={opened} onClose={onClose}>
      <RecordForm {...props} />
    </Dialog>
  );
}

function RecordForm({ kind, session, token, authUrl, record, onSaved, onClose }: Props) {
  const { busy, problem, change } = useChange(authUrl);
  const fields = kind.fields.filter(({ fixed }) => !record || !fixed);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    await change(async () => {
      const attributes = changesIn(form, fields, record);
      const saved = record
        ? await kind.update(session, record.id, attributes)
        : // The form requires a name.
          await kind.create(session, { name: "", ...attributes });
      onSaved(saved);
      onClose();
    });
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        {problem && <ProblemAlert problem={problem} />}
        {fields.map((field) =>
          field.type === "domain" ? (
            <DomainField
              key={field.name}
              field={field}
              session={session}
              token={token}
              authUrl={authUrl}
            />
          ) : (
            <TextField key={field.name} field={field} record={record} />
          ),
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {record ? "Save" : "Create"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What differs from the record: attributes that nobody touched are not sent. */
function changesIn(
  form: FormData,
  fields: readonly Field[],
  record: IdentityRecord | undefined,
): Partial<Attributes> {
  const changes: Record<string, string> = {};
  for (const { name, type } of fields) {
    const entered = String(form.get(name) ?? "");
    const value = type === "password" ? entered : entered.trim();
    if (value !== valueIn(record, name)) changes[name] = value;
  }
  return changes;
}

const valueIn = (record: IdentityRecord | undefined, name: string): string =>
  String(record?.[name] ?? "");

interface TextFieldProps {
  readonly field: Field;
  readonly record: IdentityRecord | undefined;
}

function TextField({ field: { name, label, type, required }, record }: TextFieldProps) {
  if (type === "password") {
    const hint = "Leave empty to keep the present one. A new one ends all of the user's sessions.";
    return (
      <PasswordInput
        name={name}
        label={label}
        description={record && hint}
        autoComplete="new-password"
      />
    );
  }
  return (
    <TextInput
      name={name}
      label={label}
      type={type}
      defaultValue={valueIn(record, name)}
      autoComplete="off"
      required={required}
      data-autofocus={name === "name" ? true : undefined}
    />
  );
}

type DomainFieldProps = Pick<Props, "session" | "token" | "authUrl"> & { readonly field: Field };

function DomainField({ field: { name, label }, session, token, authUrl }: DomainFieldProps) {
  const { data = [] } = useLoad(session, authUrl, knownDomains);
  const { scope, user } = token;
  const own = scope.domain ?? scope.project?.domain ?? user.domain;
  const known = data.length > 0 ? data : [own];
  return (
    <Select
      name={name}
      label={label}
      data={known.map(({ id, name }) => ({ value: id, label: name }))}
      defaultValue={own.id}
      allowDeselect={false}
      searchable={known.length > 10}
      comboboxProps={{ shadow: "md", withinPortal: false }}
    />
  );
}
