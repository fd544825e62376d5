import { Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Whether it can't be closed without an answer. */
  readonly required?: boolean;
  /** Lives as long as the dialog is open, so what was typed is gone the next time. */
  readonly children: ReactNode;
}

/** A question on top of the page, which stays as it is. */
export function Dialog({ title, opened, onClose, required = false, children }: Props) {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      closeOnEscape={!required}
      // A slip of the mouse should not lose what was typed.
      closeOnClickOutside={false}
      centered
    >
      <Modal.Overlay backgroundOpacity={0.6} />
      <Modal.Content>
        {/* Not Modal.Header: to a screen reader that would be a second head of the page. */}
        <Group justify="space-between" wrap="nowrap" px="md" pt="md">
          <Modal.Title fz="lg" fw={600} style={{ overflowWrap: "anywhere" }}>
            {title}
          </Modal.Title>
          {!required && <Modal.CloseButton aria-label="Close" />}
        </Group>
        <Modal.Body pt="xs">{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
