import type { Session } from "keystone-fetch";
import { domainColumn, enabledColumn, idColumn, nameColumn } from "./columns.tsx";
import { RecordTable } from "./record-table.tsx";
import { list, withDomains } from "./records.ts";
import { useLoad } from "./use-load.ts";
import type { ViewProps } from "./views.ts";

const load = (session: Session) => withDomains(session, list(session, "projects"));

export function Projects({ session, authUrl }: ViewProps) {
  const { data, problem, retry } = useLoad(session, authUrl, load);
  return (
    <RecordTable
      title="Projects"
      columns={[nameColumn, domainColumn(data?.domains ?? []), enabledColumn, idColumn]}
      records={data?.records}
      problem={problem}
      onRetry={retry}
    />
  );
}
