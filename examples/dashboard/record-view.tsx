import { Button } from "@mantine/core";
import type { Session } from "keystone-fetch";
import { type ComponentType, useState } from "react";
import { goTo, hrefOf } from "./address.ts";
import { RecordDetail } from "./record-detail.tsx";
import { RecordDialog } from "./record-form.tsx";
import { type IdentityRecord, mayChange, type RecordKind } from "./record-kind.ts";
import { RecordTable } from "./record-table.tsx";
import { withDomains } from "./records.ts";
import { keyOf } from "./scopes.ts";
import { useLoad } from "./use-load.ts";
import type { ViewProps } from "./views.ts";

/** One of the Identity API's lists, and the pages of what is in it. */
export function recordView(kind: RecordKind): ComponentType<ViewProps> {
  const load = (session: Session) => withDomains(session, kind.list(session));

  function RecordList({ session, token, authUrl }: ViewProps) {
    const { data, problem, retry } = useLoad(session, authUrl, load);
    const [creating, setCreating] = useState(false);
    const scope = keyOf(token);
    const addressOf = ({ id }: IdentityRecord) => ({ view: `${kind.name}/${id}`, scope });
    return (
      <>
        <RecordTable
          title={kind.title}
          columns={kind.columns}
          data={data}
          problem={problem}
          onRetry={retry}
          hrefOf={(record) => hrefOf(addressOf(record))}
          action={
            mayChange(token) && <Button onClick={() => setCreating(true)}>New {kind.one}</Button>
          }
        />
        <RecordDialog
          opened={creating}
          kind={kind}
          session={session}
          token={token}
          authUrl={authUrl}
          onSaved={(record) => goTo(addressOf(record))}
          onClose={() => setCreating(false)}
        />
      </>
    );
  }

  return function RecordView(props: ViewProps) {
    const { id } = props;
    if (id === undefined) return <RecordList {...props} />;
    return <RecordDetail key={id} {...props} id={id} kind={kind} />;
  };
}
