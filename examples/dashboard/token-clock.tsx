import { Alert, Button, Group, Popover, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import type { Token } from "keystone-fetch";
import { secretOf } from "./account.ts";
import { useTimeLeft } from "./time-left.ts";

interface Props {
  readonly token: Token;
  readonly onRenew: () => void;
}

/** The time left on the token, and a way to get more of it with the password. */
export function TokenClock({ token, onRenew }: Props) {
  const { words, seconds, soon } = useTimeLeft(token);
  return (
    <Popover width={260} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={soon ? "light" : "subtle"}
          color={soon ? "orange" : "gray"}
          size="sm"
          px="xs"
          leftSection={<IconClock size={18} aria-hidden />}
        >
          <VisuallyHidden>Time left on your token: </VisuallyHidden>
          {seconds === 0 ? "expired" : words}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Your token">
        <Stack gap="sm">
          <div>
            <Text size="sm" fw={600}>
              Signed in until {token.expiresAt.toLocaleTimeString([], { timeStyle: "short" })}
            </Text>
            <Text size="sm" c="dimmed">
              {howToStay(token)}
            </Text>
          </div>
          <Button size="sm" onClick={onRenew}>
            Stay signed in
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Warns in time when little is left; screen readers hear it once. */
export function EndsSoon({ token, onRenew }: Props) {
  const { words, seconds, soon } = useTimeLeft(token);
  return (
    <div role="status">
      {soon && seconds > 0 && (
        <Alert
          color="orange"
          mb="md"
          icon={<IconClock aria-hidden />}
          styles={{ wrapper: { alignItems: "center" } }}
        >
          <Group justify="space-between">
            <Text size="sm">
              Your session ends soon
              <span aria-hidden>, in {words}</span>. {howToContinue(token)}
            </Text>
            <Button size="xs" variant="default" onClick={onRenew}>
              Stay signed in
            </Button>
          </Group>
        </Alert>
      )}
    </div>
  );
}

function howToStay(token: Token): string {
  const secret = secretOf(token);
  return secret
    ? `Your ${secret} isn't stored. To stay signed in longer, enter it again.`
    : "To stay signed in longer, sign in at your provider again.";
}

function howToContinue(token: Token): string {
  const secret = secretOf(token);
  return secret
    ? `Enter your ${secret} to continue; nothing on this page is lost.`
    : "Sign in at your provider again to continue.";
}
