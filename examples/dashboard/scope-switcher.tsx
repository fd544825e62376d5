import { Group, Loader, Select, Text } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import type { Token } from "keystone-fetch";
import { ChoiceOption } from "./choice-option.tsx";
import { type Choice, keyOf } from "./scopes.ts";

interface Props {
  readonly token: Token;
  readonly choices: readonly Choice[];
  readonly busy: boolean;
  readonly onChoose: (choice: Choice) => void;
}

/** Shows the project or domain that this tab works in, and goes to another. */
export function ScopeSwitcher({ token, choices, busy, onChoose }: Props) {
  const name = nameOf(token);
  if (choices.length === 0) {
    // An application credential has just one project; a user without any role has none.
    return (
      <Group gap="xs" wrap="nowrap">
        <IconStack2 size={18} aria-hidden />
        <Text size="sm" fw={500} truncate>
          {name ?? "No project"}
        </Text>
      </Group>
    );
  }
  const kinds = [...new Set(choices.map(({ kind }) => kind))];
  return (
    <Select
      aria-label="Project or domain"
      placeholder="Choose a project"
      leftSection={busy ? <Loader size={16} aria-hidden /> : <IconStack2 size={18} aria-hidden />}
      data={kinds.map((kind) => ({
        group: kind,
        items: choices
          .filter((choice) => choice.kind === kind)
          .map(({ key, label }) => ({ value: key, label })),
      }))}
      value={keyOf(token) ?? null}
      onChange={(key) => {
        const choice = choices.find((one) => one.key === key);
        if (choice) onChoose(choice);
      }}
      renderOption={({ option }) => (
        <ChoiceOption {...choices.find(({ key }) => key === option.value)} />
      )}
      searchable
      openOnFocus={false}
      nothingFoundMessage="No match"
      allowDeselect={false}
      withCheckIcon={false}
      // Not disabled: that would take the focus away from people who use the keyboard.
      readOnly={busy}
      maxDropdownHeight={420}
      comboboxProps={{ shadow: "md", withinPortal: false, width: 320, position: "bottom-start" }}
      styles={{ input: { textOverflow: "ellipsis" } }}
      w={{ base: "100%", sm: 240 }}
    />
  );
}

/** What the token is for, in words. */
export function nameOf({ scope }: Token): string | undefined {
  if (scope === "unscoped") return undefined;
  if (scope.project) return scope.project.name;
  if (scope.domain) return scope.domain.name;
  return scope.system ? "Whole cloud" : "A trust";
}
