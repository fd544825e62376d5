import { Loader, Stack, Text } from "@mantine/core";
import type { Session } from "keystone-fetch";
import { useCallback, useEffect, useState } from "react";
import { AskAgain } from "./ask-again.tsx";
import { BlankPage } from "./blank-page.tsx";
import { explain, type Problem } from "./explain.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import { type Choice, enterScope, lastChoice, listChoices, rememberChoice } from "./scopes.ts";
import { Shell } from "./shell.tsx";
import { useRenewal } from "./use-renewal.ts";
import { isLive, tokenOf, useSessionState } from "./use-session-state.ts";

interface Props {
  /** What all tabs share. */
  readonly login: Session;
  readonly authUrl: string;
}

/** Goes to the project that was used last, and keeps what is on the page while tokens come and go. */
export function Workspace({ login, authUrl }: Props) {
  const state = useSessionState(login);
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(true);
  const [renewing, setRenewing] = useState(false);
  const refused = useRenewal(login, session);
  const user = tokenOf(state)?.user;
  const userId = user?.id ?? "";

  const enter = useCallback(
    async (choice: Choice | undefined, old?: Session) => {
      setBusy(true);
      setProblem(undefined);
      try {
        const next = choice ? await enterScope(login, choice.scope) : login;
        if (choice) rememberChoice(choice, userId);
        setSession(next);
        // Nobody needs it any more. Where Keystone can't be told, its time will end it.
        if (old && old !== login) old.revoke().catch(() => undefined);
      } catch (error) {
        // A dead sign-in is refused in the same words as a role that is missing: this tells them apart.
        await login.domains().catch(() => undefined);
        if (isLive(login.state)) setProblem(await explain(error, authUrl, "scope"));
        if (!old) setSession(login);
      }
      setBusy(false);
    },
    [login, userId, authUrl],
  );

  const begin = useCallback(async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { scope } = await login.token();
      const found = scope === "unscoped" ? await listChoices(login) : [];
      setChoices(found);
      await enter(lastChoice(found, userId) ?? found[0]);
    } catch (error) {
      setProblem(await explain(error, authUrl, "load"));
      setBusy(false);
    }
  }, [login, enter, userId, authUrl]);

  const live = isLive(state);
  useEffect(() => {
    if (live && !session) begin();
  }, [begin, live, session]);

  return (
    <>
      {session ? (
        <Shell
          login={login}
          session={session}
          authUrl={authUrl}
          choices={choices}
          busy={busy}
          problem={problem}
          onChoose={(choice) => enter(choice, session)}
          onRenew={() => setRenewing(true)}
        />
      ) : (
        <BlankPage>
          {problem && live ? (
            <ProblemAlert problem={problem} onRetry={begin} />
          ) : (
            <Stack align="center">
              <Loader role="status" aria-label="Loading" />
              <Text c="dimmed">Looking where you may work …</Text>
            </Stack>
          )}
        </BlankPage>
      )}
      <AskAgain
        login={login}
        authUrl={authUrl}
        over={!live || refused}
        wanted={renewing}
        onClose={() => setRenewing(false)}
      />
    </>
  );
}
