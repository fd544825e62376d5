import { Alert, Button, Code, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { Problem } from "./explain.ts";

/** A problem, what to do about it, and a button if there is something to try. */
export function ProblemAlert({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { title, advice, configuration, detail } = problem;
  return (
    <Alert
      role="alert"
      color="red"
      title={title}
      icon={<IconAlertTriangle aria-hidden />}
      aria-label={title}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{advice}</Text>
        {configuration && (
          <Code block w="100%" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {configuration}
          </Code>
        )}
        {detail && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {detail}
          </Text>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
