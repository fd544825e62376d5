import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { goTo } from "./address.ts";
import { ConfirmButton } from "./confirm-button.tsx";
import { RecordDialog } from "./record-form.tsx";
import type { PartProps, RecordKind } from "./record-kind.ts";
import { keyOf } from "./scopes.ts";
import type { Changes } from "./use-change.ts";

interface Props extends PartProps {
  readonly kind: RecordKind;
  readonly changes: Changes;
  readonly onChanged: () => void;
}

/** Changes one user, project and so on, disables it, or deletes it. */
export function RecordActions(props: Props) {
  const { kind, session, token, authUrl, record, onChanged } = props;
  const { busy, change } = props.changes;
  const [editing, setEditing] = useState(false);
  const { id, name, enabled } = record;
  // Users who do that to themselves are signed out by it, and can't undo it.
  const isOneself = id === token.user.id;

  async function toggle() {
    if (await change(() => kind.update(session, id, { enabled: !enabled }))) onChanged();
  }

  async function remove() {
    if (await change(() => kind.delete(session, id)))
      goTo({ view: kind.name, scope: keyOf(token) });
  }

  return (
    <Group gap="xs">
      <Button size="xs" variant="default" onClick={() => setEditing(true)}>
        Edit
      </Button>
      {typeof enabled === "boolean" && !isOneself && (
        <Button size="xs" variant="default" loading={busy} onClick={toggle}>
          {enabled ? "Disable" : "Enable"}
        </Button>
      )}
      {!isOneself && <ConfirmButton verb="Delete" what={name} busy={busy} onConfirm={remove} />}
      <RecordDialog
        opened={editing}
        kind={kind}
        session={session}
        token={token}
        authUrl={authUrl}
        record={record}
        onSaved={onChanged}
        onClose={() => setEditing(false)}
      />
    </Group>
  );
}
