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
import {
  type AuthMethod,
  applicationCredential,
  type KeystoneError,
  password,
} from "keystone-fetch";
import { type FormEvent, useState } from "react";
import type { Account } from "./account.ts";
import { ColourSchemeButton } from "./colour-scheme-button.tsx";
import { explain, type Problem } from "./explain.ts";
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

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const field = (name: string) => String(fields.get(name) ?? "").trim();
    const secret = String(fields.get("secret") ?? "");
    const authUrl = field("authUrl");
    const domain = field("domain") || account.domain;
    setBusy(true);
    setProblem(undefined);
    try {
      const method =
        kind === "password"
          ? password({ name: field("user"), domain: { name: domain }, password: secret })
          : applicationCredential({ id: field("id"), secret });
      await onSignIn({ authUrl, kind, domain }, method);
    } catch (error) {
      setProblem(await explain(error, authUrl, "sign-in"));
      setBusy(false);
      form.querySelector<HTMLInputElement>('[name="secret"]')?.select();
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
              <Alert color="orange" role="status" title="You are signed out on this device">
                Keystone could not be told: your token stays valid until its time is over.
              </Alert>
            )}
            {problem && <ProblemAlert problem={problem} />}
            <SegmentedControl
              aria-label="Sign in with"
              fullWidth
              value={kind}
              onChange={setKind}
              data={[
                { value: "password", label: "Password" },
                { value: "applicationCredential", label: "Application credential" },
              ]}
            />
            {kind === "password" ? (
              <>
                <TextInput
                  key="domain"
                  name="domain"
                  label="Domain"
                  defaultValue={account.domain}
                  required
                />
                <TextInput name="user" label="User" autoComplete="username" required autoFocus />
                <PasswordInput
                  key="password"
                  name="secret"
                  label="Password"
                  autoComplete="current-password"
                  required
                />
              </>
            ) : (
              <>
                <TextInput
                  key="id"
                  name="id"
                  label="ID"
                  autoComplete="off"
                  spellCheck={false}
                  required
                />
                <PasswordInput
                  key="secret"
                  name="secret"
                  label="Secret"
                  autoComplete="off"
                  required
                />
              </>
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
              Sign in
            </Button>
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}
