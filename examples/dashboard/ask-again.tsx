import { Button, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { applicationCredential, password, type Session, type Token } from "keystone-fetch";
import { type FormEvent, useState } from "react";
import { isCredential } from "./account.ts";
import { explain, type Problem } from "./explain.ts";
import { setByToken } from "./keystone-clock.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import { tokenOf, useSessionState } from "./use-session-state.ts";

interface Props {
  readonly login: Session;
  readonly authUrl: string;
  /** The token is over: there is no way around the question. */
  readonly over: boolean;
  /** Somebody wants more time before that. */
  readonly wanted: boolean;
  readonly onClose: () => void;
}

/**
 * Asks for the password over the page, which stays as it is below. The answer is used for one call,
 * and not kept: that is why it has to be asked for.
 */
export function AskAgain({ login, authUrl, over, wanted, onClose }: Props) {
  return (
    <Modal.Root
      opened={over || wanted}
      onClose={onClose}
      closeOnEscape={!over}
      closeOnClickOutside={!over}
      centered
    >
      <Modal.Overlay backgroundOpacity={0.6} />
      <Modal.Content>
        {/* Not Modal.Header: to a screen reader that would be a second head of the page. */}
        <Group justify="space-between" px="md" pt="md">
          <Modal.Title fz="lg" fw={600}>
            {over ? "Your session has ended" : "Stay signed in"}
          </Modal.Title>
          {!over && <Modal.CloseButton aria-label="Close" />}
        </Group>
        <Modal.Body pt="xs">
          <Question login={login} authUrl={authUrl} over={over} onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Lives as long as the dialog is open: the next time begins without the problems of this one. */
function Question({ login, authUrl, over, onClose }: Omit<Props, "wanted">) {
  const state = useSessionState(login);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const token = tokenOf(state);
  if (!token) return null;
  const byTime = state.status === "expired" && state.reason === "time";
  const credential = isCredential(token);

  async function submit(event: FormEvent<HTMLFormElement>, token: Token) {
    event.preventDefault();
    const form = event.currentTarget;
    const secret = String(new FormData(form).get("secret"));
    setBusy(true);
    setProblem(undefined);
    try {
      setByToken(await login.authenticate(methodOf(token, secret)));
      onClose();
    } catch (error) {
      setProblem(await explain(error, authUrl, credential ? "credential" : "again"));
      form.querySelector<HTMLInputElement>('[name="secret"]')?.select();
    }
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => submit(event, token)}>
      <Stack>
        <Text size="sm">
          {over && !byTime && "Keystone no longer accepts your token. "}
          {credential ? "Give the secret of your application credential" : "Give the password of "}
          {!credential && <b>{token.user.name}</b>} to go on where you are.
        </Text>
        {problem && <ProblemAlert problem={problem} />}
        {/* For password managers, which look for a name beside the password. */}
        <input hidden readOnly autoComplete="username" value={token.user.name} />
        <PasswordInput
          name="secret"
          label={credential ? "Secret" : "Password"}
          autoComplete={credential ? "off" : "current-password"}
          data-autofocus
          required
        />
        <Group justify="flex-end">
          {over && (
            <Button variant="default" onClick={() => login.revoke().catch(() => undefined)}>
              Sign out
            </Button>
          )}
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
  const { id } = Object(token.extra.application_credential);
  return isCredential(token)
    ? applicationCredential({ id: `${id}`, secret })
    : password({ id: token.user.id, password: secret });
}
