import { Badge, Group, Text } from "@mantine/core";

/** A line of a list to choose from: a name, and what distinguishes it from others with that name. */
export function ChoiceOption({ label, detail }: { label?: string; detail?: string }) {
  return (
    <Group justify="space-between" wrap="nowrap" w="100%">
      <Text size="sm" miw={0} lineClamp={2} style={{ overflowWrap: "anywhere" }}>
        {label}
      </Text>
      {/* However long the name is. */}
      <Badge variant="light" color="gray" size="sm" tt="none" maw="50%" style={{ flexShrink: 0 }}>
        {detail}
      </Badge>
    </Group>
  );
}
