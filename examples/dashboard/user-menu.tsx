import { ActionIcon, Button, Popover, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconLogout, IconUser } from "@tabler/icons-react";
import type { Session, Token } from "keystone-fetch";
import { secretOf } from "./account.ts";
import { ChangePasswordDialog } from "./change-password.tsx";

interface Props {
  readonly login: Session;
  readonly token: Token;
  readonly authUrl: string;
}

/** Who is signed in, and the way out: revoking the sign-in ends the sessions of all tabs. */
export function UserMenu({ login, token, authUrl }: Props) {
  const { name, domain } = token.user;
  const [menu, { close, toggle }] = useDisclosure();
  const [changing, change] = useDisclosure();
  // If it can't be revoked, the sign-in form says so, from the session's state.
  const signOut = () => login.revoke().catch(() => undefined);
  return (
    <>
      <Popover
        opened={menu}
        onDismiss={close}
        position="bottom-end"
        shadow="md"
        width={260}
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <ActionIcon
            variant="filled"
            radius="xl"
            size="lg"
            aria-label={`Account of ${name}`}
            onClick={toggle}
          >
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
                in the domain {domain.name}
              </Text>
            </div>
            {secretOf(token) === "password" && (
              <Button
                variant="default"
                leftSection={<IconKey size={16} aria-hidden />}
                onClick={() => {
                  close();
                  change.open();
                }}
              >
                Change password
              </Button>
            )}
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
      <ChangePasswordDialog
        opened={changing}
        login={login}
        token={token}
        authUrl={authUrl}
        onClose={change.close}
      />
    </>
  );
}
