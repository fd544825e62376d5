import { AppShell, Box, Burger, Group, NavLink, ScrollArea, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Session } from "keystone-fetch";
import { useEffect, useRef } from "react";
import { ColourSchemeButton } from "./colour-scheme-button.tsx";
import type { Problem } from "./explain.ts";
import { Logo } from "./logo.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { ScopeSwitcher } from "./scope-switcher.tsx";
import type { Choice } from "./scopes.ts";
import { EndsSoon, TokenClock } from "./token-clock.tsx";
import { tokenOf, useSessionState } from "./use-session-state.ts";
import { useView } from "./use-view.ts";
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

/** The frame: where one is, where one can go, and how much time is left. */
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
  const name = useView();
  const main = useRef<HTMLElement>(null);
  const seen = useRef(name);
  const allowed = views.filter((view) => !view.administration || (token && mayAdministrate(token)));
  const view = allowed.find((one) => one.name === name) ?? allowed[0];

  useEffect(() => {
    document.title = `${view?.title} · Keystone dashboard`;
    if (seen.current === name) return;
    seen.current = name;
    // A screen reader goes on reading from here, and not from the link that was pressed.
    main.current?.focus();
    scrollTo({ top: 0 });
  }, [view, name]);

  if (!token || !view) return null;
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
            <Box visibleFrom="sm" ml="lg">
              {switcher}
            </Box>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <TokenClock token={token} onRenew={onRenew} />
            <ColourSchemeButton />
            <UserMenu login={login} token={token} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md" aria-label="Main">
        <Box hiddenFrom="sm" pb="md">
          {switcher}
        </Box>
        <AppShell.Section component={ScrollArea} grow>
          <Links views={allowed.filter((one) => !one.administration)} current={view} go={close} />
          {allowed.some((one) => one.administration) && (
            <Text size="xs" fw={600} c="dimmed" mt="lg" mb="xs" px="sm">
              Identity
            </Text>
          )}
          <Links views={allowed.filter((one) => one.administration)} current={view} go={close} />
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
          <view.View session={session} token={token} authUrl={authUrl} />
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}

interface LinksProps {
  readonly views: readonly View[];
  readonly current: View;
  readonly go: () => void;
}

function Links({ views, current, go }: LinksProps) {
  return views.map(({ name, title, Icon }) => (
    <NavLink
      key={name}
      href={`#/${name}`}
      label={title}
      leftSection={<Icon size={18} aria-hidden />}
      active={name === current.name}
      aria-current={name === current.name ? "page" : undefined}
      onClick={go}
      style={{ borderRadius: "var(--mantine-radius-md)" }}
    />
  ));
}
