import { Alert, Button, Group, Popover, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import type { Token } from "keystone-fetch";
import { isCredential } from "./account.ts";
import { useTimeLeft } from "./time-left.ts";

interface Props {
  readonly token: Token;
  readonly onRenew: () => void;
}

/** The time left on the token, with more of it for the password. */
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
          {seconds === 0 ? "ended" : words}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Your token">
        <Stack gap="sm">
          <div>
            <Text size="sm" fw={600}>
              Signed in until {token.expiresAt.toLocaleTimeString([], { timeStyle: "short" })}
            </Text>
            <Text size="sm" c="dimmed">
              Your {secretOf(token)} is not kept, so it takes the {secretOf(token)} again to stay
              longer.
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

/** Says in time that there is not much left, once to screen readers as well. */
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
              <span aria-hidden>, in {words}</span>. What you see stays, and you can go on with your{" "}
              {secretOf(token)}.
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

const secretOf = (token: Token) => (isCredential(token) ? "secret" : "password");
