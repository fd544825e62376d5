import { ActionIcon, Button, Popover, Stack, Text } from "@mantine/core";
import { IconLogout, IconUser } from "@tabler/icons-react";
import type { Session, Token } from "keystone-fetch";

/** Who is signed in, and the way out: revoking the sign-in ends the sessions of all tabs. */
export function UserMenu({ login, token }: { login: Session; token: Token }) {
  const { name, domain } = token.user;
  // What can't be revoked is told of by the sign-in form: it is in the session's state.
  const signOut = () => login.revoke().catch(() => undefined);
  return (
    <Popover position="bottom-end" shadow="md" width={220} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="filled" radius="xl" size="lg" aria-label={`Account of ${name}`}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Your account">
        <Stack gap="sm">
          <div>
            <Text fw={600} truncate>
              {name}
            </Text>
            <Text size="sm" c="dimmed" truncate>
              of the domain {domain.name}
            </Text>
          </div>
          <Button
            variant="default"
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={signOut}
          >
            Sign out
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
