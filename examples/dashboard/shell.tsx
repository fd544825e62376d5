import { AppShell, Box, Burger, Group, NavLink, ScrollArea, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Session } from "keystone-fetch";
import { useEffect, useRef } from "react";
import { hrefOf, useAddress } from "./address.ts";
import { ColourSchemeButton } from "./colour-scheme-button.tsx";
import type { Problem } from "./explain.ts";
import { Logo } from "./logo.tsx";
import { notFound } from "./not-found.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { ScopeSwitcher } from "./scope-switcher.tsx";
import { type Choice, keyOf } from "./scopes.ts";
import { EndsSoon, TokenClock } from "./token-clock.tsx";
import { tokenOf, useSessionState } from "./use-session-state.ts";
import { UserMenu } from "./user-menu.tsx";
import { mayAdministrate, type View, views } from "./views.ts";

interface Props {
  readonly login: Session;
  readonly session: Session;
  readonly authUrl: string;
  readonly choices: readonly Choice[];
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  readonly onChoose: (choice: Choice) => void;
  readonly onRenew: () => void;
}

/** The frame: where the user is, where they can go, and how much time is left. */
export function Shell({
  login,
  session,
  authUrl,
  choices,
  busy,
  problem,
  onChoose,
  onRenew,
}: Props) {
  const token = tokenOf(useSessionState(session));
  const [menu, { toggle, close }] = useDisclosure();
  const { view: name } = useAddress();
  const main = useRef<HTMLElement>(null);
  const seen = useRef(name);
  const allowed = views.filter((view) => !view.administration || (token && mayAdministrate(token)));
  // Even a view without a link here: Keystone decides who may see it, and says so.
  const [part, id, ...rest] = name.split("/").filter(Boolean);
  const named = views.find((one) => one.name === part && (one.administration || id === undefined));
  const view = (rest.length === 0 && named) || notFound;

  useEffect(() => {
    document.title = `${view.title} · Keystone dashboard`;
    if (seen.current === name) return;
    seen.current = name;
    // A screen reader goes on reading from here, and not from the link that was pressed.
    main.current?.focus();
    scrollTo({ top: 0 });
  }, [view, name]);

  if (!token) return null;
  const scope = keyOf(token);
  const switcher = (
    <ScopeSwitcher token={token} choices={choices} busy={busy} onChoose={onChoose} />
  );
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 250, breakpoint: "sm", collapsed: { mobile: !menu } }}
      padding="md"
    >
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <AppShell.Header zIndex={102}>
        <Group
          h="100%"
          px={{ base: "xs", sm: "md" }}
          gap="xs"
          wrap="nowrap"
          justify="space-between"
        >
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={menu}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Menu"
              aria-expanded={menu}
            />
            <Logo short />
            <Box visibleFrom="sm" ms="lg">
              {switcher}
            </Box>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <TokenClock token={token} onRenew={onRenew} />
            <ColourSchemeButton />
            <UserMenu login={login} token={token} authUrl={authUrl} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md" aria-label="Main">
        <Box hiddenFrom="sm" pb="md">
          {switcher}
        </Box>
        <AppShell.Section component={ScrollArea} grow>
          <Links
            views={allowed.filter((one) => !one.administration)}
            current={part ?? ""}
            scope={scope}
            go={close}
          />
          {allowed.some((one) => one.administration) && (
            <Text size="xs" fw={600} c="dimmed" mt="lg" mb="xs" px="sm">
              Identity
            </Text>
          )}
          <Links
            views={allowed.filter((one) => one.administration)}
            current={part ?? ""}
            scope={scope}
            go={close}
          />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main ref={main} id="main" tabIndex={-1} className="ground">
        <Box maw={1200} mx="auto">
          <EndsSoon token={token} onRenew={onRenew} />
          {problem && (
            <Box mb="md">
              <ProblemAlert problem={problem} />
            </Box>
          )}
          <view.View session={session} token={token} authUrl={authUrl} id={id} />
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}

interface LinksProps {
  readonly views: readonly View[];
  readonly current: string;
  readonly scope: string | undefined;
  readonly go: () => void;
}

function Links({ views, current, scope, go }: LinksProps) {
  return views.map(({ name, title, Icon }) => (
    <NavLink
      key={name}
      href={hrefOf({ view: name, scope })}
      label={title}
      leftSection={<Icon size={18} aria-hidden />}
      active={name === current}
      aria-current={name === current ? "page" : undefined}
      onClick={go}
      style={{ borderRadius: "var(--mantine-radius-md)" }}
    />
  ));
}
