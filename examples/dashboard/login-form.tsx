import {
  Alert,
  Box,
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
  isKeystoneError,
  type KeystoneError,
  password,
  totp,
} from "keystone-fetch";
import { users } from "keystone-fetch/identity";
import { type FormEvent, useEffect, useState } from "react";
import type { Account } from "./account.ts";
import { nextSecond } from "./change-password.tsx";
import { ColourSchemeButton } from "./colour-scheme-button.tsx";
import type { Configuration } from "./configuration.ts";
import { type Doing, explain, type Problem } from "./explain.ts";
import { LoginFields, type Typed } from "./login-fields.tsx";
import { Logo } from "./logo.tsx";
import { PasscodeField, receiptOf } from "./passcode.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { OrDivider, Providers } from "./providers.tsx";

interface Props {
  readonly account: Account;
  readonly configuration: Configuration;
  readonly onSignIn: (account: Account, method: AuthMethod, receipt?: string) => Promise<void>;
  /** Why the last sign-out did not reach Keystone. */
  readonly notRevoked?: KeystoneError | undefined;
  /** Why the sign-in at an identity provider failed. */
  readonly refused?: Problem | undefined;
}

/** What Keystone wants besides the right password. */
interface Step {
  /** The id of the user whose password has expired. */
  readonly expiredOf?: string | undefined;
  /** The receipt for the password, if a passcode is needed, too. */
  readonly receipt?: string | undefined;
}

/**
 * Signs in. What is typed stays in its field and is used for one call. The only secret that the page
 * keeps is Keystone's receipt, until it has the passcode.
 */
export function LoginForm({ account, configuration, onSignIn, notRevoked, refused }: Props) {
  const [kind, setKind] = useState<Typed>(
    account.kind === "applicationCredential" ? account.kind : "password",
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(refused);
  const [{ expiredOf, receipt }, setStep] = useState<Step>({});

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
    const user = { name: text("user"), domain: { name: domain } };
    const wanted = { authUrl, kind, domain };
    let doing: Doing = kind === "password" ? "sign-in" : "credential";
    setBusy(true);
    try {
      if (expiredOf) {
        doing = "change";
        await users.changePassword(createSession({ authUrl }), expiredOf, {
          original_password: field("secret"),
          password: field("renewed"),
        });
        doing = "sign-in";
        await nextSecond();
      }
      if (receipt) {
        doing = "passcode";
        await onSignIn(wanted, totp({ ...user, passcode: text("passcode") }), receipt);
      } else if (kind === "password") {
        const secret = field(expiredOf ? "renewed" : "secret");
        await onSignIn(wanted, password({ ...user, password: secret }));
      } else {
        await onSignIn(wanted, applicationCredential({ id: text("id"), secret: field("secret") }));
      }
    } catch (error) {
      const next = nextStep(error, doing);
      setStep(next);
      setProblem(next.receipt && !receipt ? undefined : await explain(error, authUrl, doing));
      setBusy(false);
      form.querySelector<HTMLInputElement>(`[name="${fieldOf(next)}"]`)?.select();
    }
  }

  /** Depends on what Keystone says: the step with the wrong answer is repeated. */
  function nextStep(error: unknown, doing: Doing): Step {
    const found = receiptOf(error);
    if (found) return { receipt: found };
    if (isKeystoneError(error) && error.code === "PasswordExpired") {
      return { expiredOf: error.userId };
    }
    if (doing === "change") return { expiredOf };
    return doing === "passcode" ? { receipt } : {};
  }

  function startOver() {
    setStep({});
    setProblem(undefined);
  }

  /** The old password of one user is of no use for another, or at another Keystone. */
  function forgetExpired({ target }: FormEvent<HTMLFormElement>) {
    if (expiredOf && /^(user|domain|authUrl)$/.test((target as HTMLInputElement).name)) startOver();
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
                Keystone could not be reached to revoke your token: it stays valid until it expires.
              </Alert>
            )}
            {problem && <ProblemAlert problem={problem} />}
            {/* Hidden at the second step, not gone: it still needs what was typed. */}
            <Box display={receipt ? "none" : undefined}>
              <Stack>
                <Providers configuration={configuration} />
                <OrDivider configuration={configuration} />
                <SegmentedControl
                  aria-label="Sign in with"
                  fullWidth
                  value={kind}
                  onChange={(next) => {
                    setKind(next);
                    startOver();
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
              </Stack>
            </Box>
            {receipt && <PasscodeField />}
            <Button type="submit" loading={busy} fullWidth mt="xs">
              {expiredOf ? "Change the password and sign in" : "Sign in"}
            </Button>
            {receipt && (
              <Button variant="subtle" onClick={startOver} fullWidth>
                Start over
              </Button>
            )}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}

/** Where to type next. */
function fieldOf({ expiredOf, receipt }: Step): string {
  if (receipt) return "passcode";
  return expiredOf ? "renewed" : "secret";
}
