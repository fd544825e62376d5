import { Loader } from "@mantine/core";
import type { AuthMethod, Session } from "keystone-fetch";
import { useCallback, useEffect, useState } from "react";
import { type Account, onAccountChange, openLogin, readAccount, saveAccount } from "./account.ts";
import { BlankPage } from "./blank-page.tsx";
import type { Configuration } from "./configuration.ts";
import type { Problem } from "./explain.ts";
import { setByToken } from "./keystone-clock.ts";
import { LoginForm } from "./login-form.tsx";
import { useSessionState } from "./use-session-state.ts";
import { Workspace } from "./workspace.tsx";

interface Props {
  readonly configuration: Configuration;
  /** Why the sign-in at an identity provider failed. */
  readonly problem: Problem | undefined;
}

/** The sign-in form, or what is behind it. */
export function App({ configuration, problem }: Props) {
  const [account, setAccount] = useState(() => readAccount(configuration.authUrl));
  const [login, setLogin] = useState(() => openLogin(account));
  const [restored, setRestored] = useState<Session>();
  const [refused, setRefused] = useState(problem);
  const state = useSessionState(login);

  /** The existing one, unless another Keystone or another kind of token is wanted. */
  const loginFor = useCallback(
    (wanted: Account) =>
      wanted.authUrl === account.authUrl && wanted.kind === account.kind
        ? login
        : openLogin(wanted),
    [account, login],
  );

  useEffect(
    () =>
      onAccountChange(() => {
        const changed = readAccount(configuration.authUrl);
        setLogin(loginFor(changed));
        setAccount(changed);
      }),
    [loginFor, configuration],
  );

  useEffect(() => {
    // After a reload, and in a new tab: the token that is stored already.
    login.restore().finally(() => setRestored(login));
  }, [login]);

  const signedOut = state.status === "unauthenticated";
  useEffect(() => {
    if (!signedOut) return;
    // A session stays with its user. If somebody else signs in in another tab, the page has to
    // notice.
    const follow = () => login.restore();
    addEventListener("storage", follow);
    return () => removeEventListener("storage", follow);
  }, [login, signedOut]);

  async function signIn(wanted: Account, method: AuthMethod, receipt?: string) {
    const session = loginFor(wanted);
    setByToken(await session.authenticate(method, { receipt }));
    saveAccount(wanted);
    setRefused(undefined);
    setAccount(wanted);
    setLogin(session);
  }

  if (state.status !== "unauthenticated") {
    const { user } = state.token;
    return (
      <Workspace
        key={user.id}
        login={login}
        authUrl={account.authUrl}
        configuration={configuration}
      />
    );
  }
  if (restored !== login) {
    return (
      <BlankPage>
        <Loader role="status" aria-label="Loading" />
      </BlankPage>
    );
  }
  return (
    <LoginForm
      account={account}
      configuration={configuration}
      onSignIn={signIn}
      notRevoked={state.error}
      refused={refused}
    />
  );
}
