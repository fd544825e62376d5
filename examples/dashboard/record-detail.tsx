import { Anchor, Card, DataList, Group, Skeleton, Stack, Title } from "@mantine/core";
import type { Session } from "keystone-fetch";
import { type ReactNode, useCallback } from "react";
import { hrefOf } from "./address.ts";
import { EnabledBadge } from "./columns.tsx";
import { CopyText } from "./copy-text.tsx";
import { dateOf } from "./date-of.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import { RecordActions } from "./record-actions.tsx";
import { type IdentityRecord, mayChange, type RecordKind } from "./record-kind.ts";
import { withDomain } from "./records.ts";
import { keyOf } from "./scopes.ts";
import { useChange } from "./use-change.ts";
import { useLoad } from "./use-load.ts";
import type { ViewProps } from "./views.ts";

interface Props extends ViewProps {
  readonly id: string;
  readonly kind: RecordKind;
}

/** The page of one user, project and so on. */
export function RecordDetail({ session, token, authUrl, id, kind }: Props) {
  const load = useCallback((from: Session) => withDomain(from, kind.get(from, id)), [kind, id]);
  const { data: record, problem, retry } = useLoad(session, authUrl, load);
  const changes = useChange(authUrl);
  const shared = record && { session, token, authUrl, record };
  return (
    <Stack>
      <div>
        <Anchor href={hrefOf({ view: kind.name, scope: keyOf(token) })} size="sm">
          {kind.title}
        </Anchor>
        <Group justify="space-between">
          <Title order={1} size="h2" miw={0} style={{ overflowWrap: "anywhere" }}>
            {record?.name ?? "…"}
          </Title>
          {shared && mayChange(token) && (
            <RecordActions {...shared} kind={kind} onChanged={retry} changes={changes} />
          )}
        </Group>
      </div>
      {problem && <ProblemAlert problem={problem} onRetry={retry} />}
      {changes.problem && <ProblemAlert problem={changes.problem} />}
      {!record && !problem && <Skeleton height={160} role="status" aria-label="Loading" />}
      {record && <AttributeList record={record} />}
      {shared && kind.parts.map((Part) => <Part key={Part.name} {...shared} />)}
    </Stack>
  );
}

/** What people look for; the rest is left to `openstack user show`. */
function AttributeList({ record }: { record: IdentityRecord }) {
  const { id, name, domain, enabled, email, description, password_expires_at } = record;
  const items: readonly (readonly [string, ReactNode])[] = [
    ["Domain", "domain_id" in record && textOf(domain)],
    ["Status", enabled !== undefined && <EnabledBadge enabled={enabled} />],
    ["Email", textOf(email)],
    ["Description", textOf(description)],
    ["Password expires", typeof password_expires_at === "string" && dateOf(password_expires_at)],
  ];
  return (
    <Card withBorder padding="lg">
      <DataList size="sm">
        <DataList.Item>
          <DataList.ItemLabel>ID</DataList.ItemLabel>
          <DataList.ItemValue miw={0}>
            <CopyText text={id} what={`the ID of ${name}`} />
          </DataList.ItemValue>
        </DataList.Item>
        {items
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <DataList.Item key={label}>
              <DataList.ItemLabel>{label}</DataList.ItemLabel>
              <DataList.ItemValue miw={0} style={{ overflowWrap: "anywhere" }}>
                {value}
              </DataList.ItemValue>
            </DataList.Item>
          ))}
      </DataList>
    </Card>
  );
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
