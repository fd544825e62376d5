import { Anchor, Card, Group, Text, Title } from "@mantine/core";
import type { Session } from "keystone-fetch";
import { users } from "keystone-fetch/identity";
import { useCallback } from "react";
import { hrefOf } from "./address.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import type { PartProps } from "./record-kind.ts";
import { keyOf } from "./scopes.ts";
import { useLoad } from "./use-load.ts";

/** The groups that a user is in, each with a link to where that is changed. */
export function UserGroups({ session, token, authUrl, record }: PartProps) {
  const load = useCallback((from: Session) => users.groups(from, record.id), [record.id]);
  const { data, problem, retry } = useLoad(session, authUrl, load);
  return (
    <Card withBorder padding="lg" component="section" aria-label="Groups">
      <Title order={2} size="h4" mb="md">
        Groups
      </Title>
      {problem && <ProblemAlert problem={problem} onRetry={retry} />}
      {data?.length === 0 && (
        <Text size="sm" c="dimmed">
          No groups yet
        </Text>
      )}
      <Group style={{ overflowWrap: "anywhere" }}>
        {data?.map(({ id, name }) => (
          <Anchor key={id} href={hrefOf({ view: `groups/${id}`, scope: keyOf(token) })} size="sm">
            {name}
          </Anchor>
        ))}
      </Group>
    </Card>
  );
}
