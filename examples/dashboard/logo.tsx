import { Group, Text } from "@mantine/core";

/** @param short without the name, if there is little room */
export function Logo({ short = false }: { short?: boolean }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <img src="icon.svg" alt="" width={28} height={28} />
      <Text fw={700} size="lg" component="span" visibleFrom={short ? "sm" : undefined}>
        Keystone
      </Text>
    </Group>
  );
}
