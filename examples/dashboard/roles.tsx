import type { Session } from "keystone-fetch";
import { roles } from "keystone-fetch/identity";
import { domainColumn, idColumn, nameColumn } from "./columns.tsx";
import { RecordTable } from "./record-table.tsx";
import { withDomains } from "./records.ts";
import { useLoad } from "./use-load.ts";
import type { ViewProps } from "./views.ts";

const load = (session: Session) => withDomains(session, roles.list(session));

export function Roles({ session, authUrl }: ViewProps) {
  const { data, problem, retry } = useLoad(session, authUrl, load);
  return (
    <RecordTable
      title="Roles"
      columns={[nameColumn, domainColumn, idColumn]}
      data={data}
      problem={problem}
      onRetry={retry}
    />
  );
}
