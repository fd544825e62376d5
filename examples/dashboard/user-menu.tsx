import { ActionIcon, Menu, Text } from "@mantine/core";
import { IconLogout, IconUser } from "@tabler/icons-react";
import type { Session, Token } from "keystone-fetch";

/** Who is signed in, and the way out: revoking the sign-in ends the sessions of all tabs. */
export function UserMenu({ login, token }: { login: Session; token: Token }) {
  const { name, domain } = token.user;
  // What can't be revoked is told of by the sign-in form: it is in the session's state.
  const signOut = () => login.revoke().catch(() => undefined);
  return (
    <Menu position="bottom-end" shadow="md" width={220}>
      <Menu.Target>
        <ActionIcon variant="filled" radius="xl" size="lg" aria-label={`Account of ${name}`}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text
            component="span"
            display="block"
            size="sm"
            fw={600}
            c="var(--mantine-color-text)"
            truncate
          >
            {name}
          </Text>
          <Text component="span" display="block" size="xs" truncate>
            of the domain {domain.name}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
