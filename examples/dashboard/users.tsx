import type { Session } from "keystone-fetch";
import { users } from "keystone-fetch/identity";
import { domainColumn, enabledColumn, idColumn, nameColumn } from "./columns.tsx";
import { RecordTable } from "./record-table.tsx";
import { withDomains } from "./records.ts";
import { useLoad } from "./use-load.ts";
import type { ViewProps } from "./views.ts";

const load = (session: Session) => withDomains(session, users.list(session));

export function Users({ session, authUrl }: ViewProps) {
  const { data, problem, retry } = useLoad(session, authUrl, load);
  return (
    <RecordTable
      title="Users"
      columns={[nameColumn, domainColumn, enabledColumn, idColumn]}
      data={data}
      problem={problem}
      onRetry={retry}
    />
  );
}
