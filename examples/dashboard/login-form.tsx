import {
  Alert,
  Button,
  Center,
  Group,
  Paper,
  PasswordInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import {
  type AuthMethod,
  applicationCredential,
  createSession,
  type KeystoneError,
  password,
} from "keystone-fetch";
import { users } from "keystone-fetch/identity";
import { type FormEvent, useEffect, useState } from "react";
import type { Account } from "./account.ts";
import { ColourSchemeButton } from "./colour-scheme-button.tsx";
import { explain, type Problem } from "./explain.ts";
import { LoginFields } from "./login-fields.tsx";
import { Logo } from "./logo.tsx";
import { ProblemAlert } from "./problem-alert.tsx";

interface Props {
  readonly account: Account;
  readonly onSignIn: (account: Account, method: AuthMethod) => Promise<void>;
  /** Why the last sign-out did not reach Keystone. */
  readonly notRevoked?: KeystoneError | undefined;
}

/** Signs in. What is typed stays in its field, and is used for one call: the page keeps no secret. */
export function LoginForm({ account, onSignIn, notRevoked }: Props) {
  const [kind, setKind] = useState(account.kind);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const expiredOf = problem?.expiredOf;

  useEffect(() => {
    document.title = "Sign in · Keystone dashboard";
  }, []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const field = (name: string) => String(fields.get(name) ?? "");
    const text = (name: string) => field(name).trim();
    const authUrl = text("authUrl");
    const domain = text("domain") || account.domain;
    let changes = expiredOf;
    setBusy(true);
    if (!changes) setProblem(undefined);
    try {
      if (changes) {
        await users.changePassword(createSession({ authUrl }), changes, {
          original_password: field("secret"),
          password: field("renewed"),
        });
        changes = undefined;
        await nextSecond();
      }
      const secret = field(expiredOf ? "renewed" : "secret");
      const method =
        kind === "password"
          ? password({ name: text("user"), domain: { name: domain }, password: secret })
          : applicationCredential({ id: text("id"), secret });
      await onSignIn({ authUrl, kind, domain }, method);
    } catch (error) {
      const signIn = kind === "password" ? "sign-in" : "credential";
      const found = await explain(error, authUrl, changes ? "password" : signIn);
      setProblem({ expiredOf: changes, ...found });
      setBusy(false);
      form.querySelector<HTMLInputElement>(`[name="${changes ? "renewed" : "secret"}"]`)?.select();
    }
  }

  /** The old password of one user is nothing to another, or to another Keystone. */
  function forgetExpired({ target }: FormEvent<HTMLFormElement>) {
    if (expiredOf && /^(user|domain|authUrl)$/.test((target as HTMLInputElement).name)) {
      setProblem(undefined);
    }
  }

  return (
    <Center component="main" mih="100dvh" p="md" className="ground">
      <Stack w="100%" maw={440} gap="lg">
        <Group justify="space-between">
          <Logo />
          <ColourSchemeButton />
        </Group>
        <Paper
          component="form"
          withBorder
          shadow="sm"
          p={{ base: "md", sm: "xl" }}
          onSubmit={submit}
          onInput={forgetExpired}
        >
          <Stack>
            <div>
              <Title order={1} size="h2">
                Sign in
              </Title>
              <Text c="dimmed" size="sm">
                to your OpenStack cloud
              </Text>
            </div>
            {notRevoked && !problem && (
              <Alert
                color="orange"
                role="status"
                title="You are signed out on this device"
                icon={<IconAlertTriangle aria-hidden />}
              >
                Keystone could not be told: your token stays valid until its time is over.
              </Alert>
            )}
            {problem && <ProblemAlert problem={problem} />}
            <SegmentedControl
              aria-label="Sign in with"
              fullWidth
              value={kind}
              onChange={(next) => {
                setKind(next);
                setProblem(undefined);
              }}
              data={[
                { value: "password", label: "Password" },
                { value: "applicationCredential", label: "Application credential" },
              ]}
            />
            <LoginFields kind={kind} domain={account.domain} />
            {expiredOf && (
              <PasswordInput
                name="renewed"
                label="New password"
                autoComplete="new-password"
                required
                autoFocus
              />
            )}
            <TextInput
              name="authUrl"
              type="url"
              label="Keystone address"
              defaultValue={account.authUrl}
              spellCheck={false}
              required
            />
            <Button type="submit" loading={busy} fullWidth mt="xs">
              {expiredOf ? "Change the password and sign in" : "Sign in"}
            </Button>
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}

/** A change of the password ends all tokens of the same second, also those that come after it. */
const nextSecond = () => new Promise((go) => setTimeout(go, 1100));
