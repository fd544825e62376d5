import { Loader, Stack, Text } from "@mantine/core";
import type { Session } from "keystone-fetch";
import { useCallback, useEffect, useState } from "react";
import { goTo, readAddress, replaceAddress, useAddress } from "./address.ts";
import { AskAgain } from "./ask-again.tsx";
import { BlankPage } from "./blank-page.tsx";
import type { Configuration } from "./configuration.ts";
import { explain, noRoleThere, type Problem } from "./explain.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import {
  type Choice,
  enterScope,
  keyOf,
  lastChoice,
  listChoices,
  rememberChoice,
} from "./scopes.ts";
import { Shell } from "./shell.tsx";
import { useRenewal } from "./use-renewal.ts";
import { isLive, tokenOf, useSessionState } from "./use-session-state.ts";

interface Props {
  /** What all tabs share. */
  readonly login: Session;
  readonly authUrl: string;
  readonly configuration: Configuration;
}

/**
 * Goes to the scope in the address, or to the one that was used last, and keeps the page's content
 * while tokens come and go.
 */
export function Workspace({ login, authUrl, configuration }: Props) {
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
        showScope(next);
        // Nobody needs it any more. If Keystone can't be told, it will expire.
        if (old && old !== login) old.revoke().catch(() => undefined);
      } catch (error) {
        // Keystone refuses a dead sign-in and a missing role in the same words: this tells them
        // apart.
        await login.domains().catch(() => undefined);
        if (isLive(login.state)) setProblem(await explain(error, authUrl, "scope"));
        if (!old) setSession(login);
        showScope(old ?? login);
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
      const wanted = readAddress().scope;
      const linked = found.find(({ key }) => key === wanted);
      await enter(linked ?? lastChoice(found, userId) ?? found[0]);
      if (wanted && !linked && found.length > 0) setProblem(noRoleThere);
    } catch (error) {
      setProblem(await explain(error, authUrl, "load"));
      setBusy(false);
    }
  }, [login, enter, userId, authUrl]);

  const live = isLive(state);
  useEffect(() => {
    if (live && !session) begin();
  }, [begin, live, session]);

  const { view, scope: wanted } = useAddress();
  useEffect(() => {
    if (!session || busy) return;
    const choice = choices.find(({ key }) => key === wanted);
    if (wanted === scopeOf(session)) return;
    if (choice) {
      enter(choice, session);
      return;
    }
    if (wanted && choices.length > 0) setProblem(noRoleThere);
    showScope(session);
  }, [session, busy, choices, wanted, enter]);

  // Whoever signs in next has other scopes.
  useEffect(() => () => replaceAddress({ view: readAddress().view }), []);

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
          onChoose={({ key }) => goTo({ view, scope: key })}
          onRenew={() => setRenewing(true)}
        />
      ) : (
        <BlankPage>
          {problem && live ? (
            <ProblemAlert problem={problem} onRetry={begin} />
          ) : (
            <Stack align="center">
              <Loader role="status" aria-label="Loading" />
              <Text c="dimmed">Loading your projects …</Text>
            </Stack>
          )}
        </BlankPage>
      )}
      <AskAgain
        login={login}
        authUrl={authUrl}
        configuration={configuration}
        over={!live || refused}
        wanted={renewing}
        onClose={() => setRenewing(false)}
      />
    </>
  );
}

function scopeOf({ state }: Session): string | undefined {
  const token = tokenOf(state);
  return token && keyOf(token);
}

/** In the address, for links. */
function showScope(session: Session): void {
  replaceAddress({ view: readAddress().view, scope: scopeOf(session) });
}
