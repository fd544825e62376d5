import { Button } from "@mantine/core";
import { useState } from "react";

interface Props {
  /** What is done, such as "Delete". */
  readonly verb: string;
  /** To what; for people who don't see the row that it is in. */
  readonly what: string;
  readonly busy?: boolean;
  readonly onConfirm: () => void;
}

/** Takes two clicks, for what can't be undone. */
export function ConfirmButton({ verb, what, busy = false, onConfirm }: Props) {
  const [asked, setAsked] = useState(false);
  const label = asked ? `Really ${verb.toLowerCase()}` : verb;
  return (
    <Button
      size="xs"
      variant={asked ? "filled" : "default"}
      color={asked ? "red.9" : undefined}
      aria-label={`${label} ${what}`}
      loading={busy}
      onClick={() => {
        if (asked) onConfirm();
        setAsked(!asked);
      }}
      onBlur={() => setAsked(false)}
    >
      {label}
    </Button>
  );
}
