import { Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { applicationCredential, password, type Session, type Token, totp } from "keystone-fetch";
import { type FormEvent, useState } from "react";
import { credentialIdOf, secretOf } from "./account.ts";
import type { Configuration } from "./configuration.ts";
import { Dialog } from "./dialog.tsx";
import { type Doing, explain, type Problem } from "./explain.ts";
import { setByToken } from "./keystone-clock.ts";
import { PasscodeField, receiptOf } from "./passcode.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { Providers } from "./providers.tsx";
import { tokenOf, useSessionState } from "./use-session-state.ts";

interface Props {
  readonly login: Session;
  readonly authUrl: string;
  readonly configuration: Configuration;
  /** The token has expired: there is no way around the question. */
  readonly over: boolean;
  /** Somebody wants more time before it expires. */
  readonly wanted: boolean;
  readonly onClose: () => void;
}

/**
 * Asks for the password on top of the page, which stays as it is. The answer is used for one call and
 * not kept, which is why the page has to ask.
 */
export function AskAgain({ wanted, ...props }: Props) {
  const { over, onClose } = props;
  return (
    <Dialog
      title={over ? "Your session has ended" : "Stay signed in"}
      opened={over || wanted}
      required={over}
      onClose={onClose}
    >
      <Question {...props} />
    </Dialog>
  );
}

function Question({ login, authUrl, configuration, over, onClose }: Omit<Props, "wanted">) {
  const state = useSessionState(login);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [receipt, setReceipt] = useState<string>();
  const token = tokenOf(state);
  if (!token) return null;
  const byTime = state.status === "expired" && state.reason === "time";
  const kind = secretOf(token);
  const lost = over && !byTime ? "Keystone no longer accepts your token. " : "";
  const signOut = over && (
    <Button variant="default" onClick={() => login.revoke().catch(() => undefined)}>
      Sign out
    </Button>
  );

  async function submit(event: FormEvent<HTMLFormElement>, token: Token) {
    event.preventDefault();
    const form = event.currentTarget;
    const name = receipt ? "passcode" : "secret";
    const secret = String(new FormData(form).get(name));
    const method = receipt
      ? totp({ id: token.user.id, passcode: secret.trim() })
      : methodOf(token, secret);
    let doing: Doing = kind === "secret" ? "credential" : "again";
    if (receipt) doing = "passcode";
    setBusy(true);
    try {
      setByToken(await login.authenticate(method, { receipt }));
      onClose();
    } catch (error) {
      const found = receiptOf(error);
      if (found) setReceipt(found);
      setProblem(found && !receipt ? undefined : await explain(error, authUrl, doing));
      form.querySelector<HTMLInputElement>(`[name="${name}"]`)?.select();
    }
    setBusy(false);
  }

  if (!kind) {
    return (
      <Stack>
        <Text size="sm">
          {lost}
          Sign in again to continue as <b>{token.user.name}</b>. You come back to this page.
        </Text>
        <Providers configuration={configuration} />
        <Group justify="flex-end">{signOut}</Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={(event) => submit(event, token)}>
      <Stack>
        <Text size="sm">
          {lost}
          {kind === "secret"
            ? "Enter the secret of your application credential"
            : "Enter the password of "}
          {kind === "password" && <b>{token.user.name}</b>} to continue where you left off.
        </Text>
        {problem && <ProblemAlert problem={problem} />}
        {/* For password managers, which look for a name beside the password. */}
        <input hidden readOnly autoComplete="username" value={token.user.name} />
        {receipt ? (
          <PasscodeField />
        ) : (
          <PasswordInput
            name="secret"
            label={kind === "secret" ? "Secret" : "Password"}
            autoComplete={kind === "secret" ? "off" : "current-password"}
            data-autofocus
            required
          />
        )}
        <Group justify="flex-end">
          {signOut}
          <Button type="submit" loading={busy}>
            Continue
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** By ids: it must be the same user as before. */
function methodOf(token: Token, secret: string) {
  const id = credentialIdOf(token);
  return id
    ? applicationCredential({ id, secret })
    : password({ id: token.user.id, password: secret });
}
