import { Loader } from "@mantine/core";
import type { AuthMethod, Session } from "keystone-fetch";
import { useCallback, useEffect, useState } from "react";
import { type Account, onAccountChange, openLogin, readAccount, saveAccount } from "./account.ts";
import { BlankPage } from "./blank-page.tsx";
import { setByToken } from "./keystone-clock.ts";
import { LoginForm } from "./login-form.tsx";
import { useSessionState } from "./use-session-state.ts";
import { Workspace } from "./workspace.tsx";

/** The sign-in form, or what there is behind it. */
export function App() {
  const [account, setAccount] = useState(readAccount);
  const [login, setLogin] = useState(() => openLogin(account));
  const [restored, setRestored] = useState<Session>();
  const state = useSessionState(login);

  /** The one that there is already, unless another Keystone or another kind of token is wanted. */
  const loginFor = useCallback(
    (wanted: Account) =>
      wanted.authUrl === account.authUrl && wanted.kind === account.kind
        ? login
        : openLogin(wanted),
    [account, login],
  );

  useEffect(
    () =>
      onAccountChange((changed) => {
        setLogin(loginFor(changed));
        setAccount(changed);
      }),
    [loginFor],
  );

  useEffect(() => {
    // After a reload, and in a new tab: the token that is stored already.
    login.restore().finally(() => setRestored(login));
  }, [login]);

  async function signIn(wanted: Account, method: AuthMethod) {
    const session = loginFor(wanted);
    setByToken(await session.authenticate(method));
    saveAccount(wanted);
    setAccount(wanted);
    setLogin(session);
  }

  if (state.status !== "unauthenticated") {
    const { user } = state.token;
    return <Workspace key={user.id} login={login} authUrl={account.authUrl} />;
  }
  if (restored !== login) {
    return (
      <BlankPage>
        <Loader role="status" aria-label="Loading" />
      </BlankPage>
    );
  }
  return <LoginForm account={account} onSignIn={signIn} notRevoked={state.error} />;
}
