import type { Session } from "keystone-fetch";
import { domainColumn, idColumn, nameColumn } from "./columns.tsx";
import { RecordTable } from "./record-table.tsx";
import { list, withDomains } from "./records.ts";
import { useLoad } from "./use-load.ts";
import type { ViewProps } from "./views.ts";

const load = (session: Session) => withDomains(session, list(session, "roles"));

export function Roles({ session, authUrl }: ViewProps) {
  const { data, problem, retry } = useLoad(session, authUrl, load);
  return (
    <RecordTable
      title="Roles"
      columns={[nameColumn, domainColumn(data?.domains ?? []), idColumn]}
      records={data?.records}
      problem={problem}
      onRetry={retry}
    />
  );
}
