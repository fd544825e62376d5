import { Center, Loader } from "@mantine/core";
import type { AuthMethod } from "keystone-fetch";
import { useEffect, useState } from "react";
import { type Account, onAccountChange, openLogin, readAccount, saveAccount } from "./account.ts";
import { setByToken } from "./keystone-clock.ts";
import { LoginForm } from "./login-form.tsx";
import { useSessionState } from "./use-session-state.ts";
import { Workspace } from "./workspace.tsx";

/** The sign-in form, or what there is behind it. */
export function App() {
  const [account, setAccount] = useState(readAccount);
  const [login, setLogin] = useState(() => openLogin(account));
  const [restored, setRestored] = useState(false);
  const state = useSessionState(login);

  useEffect(
    () =>
      onAccountChange((changed) => {
        setAccount(changed);
        setLogin(openLogin(changed));
      }),
    [],
  );

  useEffect(() => {
    // After a reload, and in a new tab: the token that is stored already.
    login.restore().finally(() => setRestored(true));
  }, [login]);

  async function signIn(wanted: Account, method: AuthMethod) {
    const same = wanted.authUrl === account.authUrl && wanted.kind === account.kind;
    const session = same ? login : openLogin(wanted);
    setByToken(await session.authenticate(method));
    saveAccount(wanted);
    setAccount(wanted);
    setLogin(session);
  }

  if (state.status !== "unauthenticated") {
    const { user } = state.token;
    return <Workspace key={user.id} login={login} authUrl={account.authUrl} />;
  }
  if (!restored) {
    return (
      <Center component="main" h="100dvh">
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  return <LoginForm account={account} onSignIn={signIn} notRevoked={state.error} />;
}
