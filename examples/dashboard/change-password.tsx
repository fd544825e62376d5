import { Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { password, type Session, type Token } from "keystone-fetch";
import { users } from "keystone-fetch/identity";
import { type FormEvent, useState } from "react";
import { Dialog } from "./dialog.tsx";
import { explain, type Problem } from "./explain.ts";
import { setByToken } from "./keystone-clock.ts";
import { ProblemAlert } from "./problem-alert.tsx";

interface Props {
  readonly login: Session;
  readonly token: Token;
  readonly authUrl: string;
  readonly onClose: () => void;
}

/** Changes one's own password. */
export function ChangePasswordDialog(props: Props & { readonly opened: boolean }) {
  return (
    <Dialog title="Change password" opened={props.opened} onClose={props.onClose}>
      <Change {...props} />
    </Dialog>
  );
}

function Change({ login, token: { user }, authUrl, onClose }: Props) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const field = (name: string) => String(fields.get(name) ?? "");
    const renewed = field("renewed");
    setBusy(true);
    try {
      await users.changePassword(login, user.id, {
        original_password: field("secret"),
        password: renewed,
      });
    } catch (error) {
      setProblem(await explain(error, authUrl, "change"));
      setBusy(false);
      form.querySelector<HTMLInputElement>('[name="secret"]')?.select();
      return;
    }
    await nextSecond();
    // All tokens of the user have ended. If more than the password is needed, the page asks for it.
    await login
      .authenticate(password({ id: user.id, password: renewed }))
      .then(setByToken, () => undefined);
    onClose();
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">You stay signed in here. Everywhere else you have to sign in again.</Text>
        {problem && <ProblemAlert problem={problem} />}
        {/* For password managers, which look for a name beside the password. */}
        <input hidden readOnly autoComplete="username" value={user.name} />
        <PasswordInput
          name="secret"
          label="Current password"
          autoComplete="current-password"
          data-autofocus
          required
        />
        <PasswordInput name="renewed" label="New password" autoComplete="new-password" required />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Changing the password ends all tokens of that second, even those that are issued after it. */
export const nextSecond = () => new Promise((go) => setTimeout(go, 1100));
