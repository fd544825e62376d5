import { Button, Divider, Stack } from "@mantine/core";
import { useState } from "react";
import type { Configuration, Provider } from "./configuration.ts";
import { explain, type Problem } from "./explain.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import { beginWebSso, canWebSso } from "./web-sso.ts";

/** A button for each identity provider; nothing if there is none. */
export function Providers({ configuration }: { readonly configuration: Configuration }) {
  const { authUrl, providers } = configuration;
  const [going, setGoing] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  if (providers.length === 0 || !canWebSso()) return null;

  async function go(provider: Provider) {
    setGoing(provider.title);
    try {
      await beginWebSso(authUrl, provider);
    } catch (error) {
      setGoing(undefined);
      setProblem(await explain(error, authUrl, "webSso"));
    }
  }

  return (
    <Stack gap="xs">
      {problem && <ProblemAlert problem={problem} />}
      {providers.map((provider) => (
        <Button
          key={provider.title}
          variant="default"
          fullWidth
          loading={going === provider.title}
          onClick={() => go(provider)}
        >
          Sign in with {provider.title}
        </Button>
      ))}
    </Stack>
  );
}

/** Between the buttons and the rest. */
export function OrDivider({ configuration }: { readonly configuration: Configuration }) {
  if (configuration.providers.length === 0 || !canWebSso()) return null;
  return <Divider label="or" labelPosition="center" />;
}
