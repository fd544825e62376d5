import { Center, Container, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";

/** What the page shows before there is anything to show. */
export function BlankPage({ children }: { children: ReactNode }) {
  return (
    <Center component="main" h="100dvh" className="ground">
      {/* A page without a heading is nowhere to a screen reader. */}
      <VisuallyHidden component="h1">Keystone dashboard</VisuallyHidden>
      <Container size="xs">{children}</Container>
    </Center>
  );
}
