import { Button, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { applicationCredential, password, type Session, type Token } from "keystone-fetch";
import { type FormEvent, useState } from "react";
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
  const state = useSessionState(login);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const token = tokenOf(state);
  const byTime = state.status === "expired" && state.reason === "time";

  function close() {
    setProblem(undefined);
    onClose();
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!token) return;
    const form = event.currentTarget;
    const secret = String(new FormData(form).get("secret"));
    setBusy(true);
    setProblem(undefined);
    try {
      setByToken(await login.authenticate(methodOf(token, secret)));
      close();
    } catch (error) {
      setProblem(await explain(error, authUrl, "sign-in"));
      form.querySelector<HTMLInputElement>('[name="secret"]')?.select();
    }
    setBusy(false);
  }

  return (
    <Modal.Root
      opened={over || wanted}
      onClose={close}
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
          <form onSubmit={submit}>
            <Stack>
              <Text size="sm">
                {over && !byTime && "Keystone no longer accepts your token. "}
                {isCredential(token)
                  ? "Give the secret of your application credential"
                  : "Give the password of "}
                {!isCredential(token) && <b>{token?.user.name}</b>} to go on where you are.
              </Text>
              {problem && <ProblemAlert problem={problem} />}
              {/* For password managers, which look for a name beside the password. */}
              <input hidden readOnly autoComplete="username" value={token?.user.name ?? ""} />
              <PasswordInput
                name="secret"
                label={isCredential(token) ? "Secret" : "Password"}
                autoComplete={isCredential(token) ? "off" : "current-password"}
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
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

const isCredential = (token: Token | undefined): boolean =>
  !!token?.methods.includes("application_credential");

/** By ids: it must be the same user as before. */
function methodOf({ user, extra, ...token }: Token, secret: string) {
  const { id } = Object(extra.application_credential);
  return token.methods.includes("application_credential")
    ? applicationCredential({ id: `${id}`, secret })
    : password({ id: user.id, password: secret });
}
