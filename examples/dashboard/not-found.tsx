import { Anchor, Stack, Text, Title } from "@mantine/core";
import { hrefOf } from "./address.ts";
import { keyOf } from "./scopes.ts";
import type { View, ViewProps } from "./views.ts";

/** Shown for an address that names no view. */
export const notFound: Pick<View, "title" | "View"> = {
  title: "Page not found",
  View: NotFound,
};

function NotFound({ token }: ViewProps) {
  return (
    <Stack>
      <Title order={1} size="h2">
        {notFound.title}
      </Title>
      <Text>There is no page at this address. Check the link for typing errors.</Text>
      <Anchor href={hrefOf({ view: "overview", scope: keyOf(token) })}>Go to the overview</Anchor>
    </Stack>
  );
}
