import "@mantine/core/styles.css";
import "./page.css";
import { DirectionProvider, MantineProvider } from "@mantine/core";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { BlankPage } from "./blank-page.tsx";
import { readConfiguration } from "./configuration.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import { cssVariables, theme } from "./theme.ts";
import { finishWebSso } from "./web-sso.ts";

async function start() {
  const configuration = await readConfiguration().catch(String);
  if (typeof configuration === "string") {
    const advice = `Its config.json can't be read. ${configuration}`;
    return (
      <BlankPage>
        <ProblemAlert problem={{ title: "This page is not set up", advice }} />
      </BlankPage>
    );
  }
  const problem = await finishWebSso(configuration);
  return <App configuration={configuration} problem={problem} />;
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <DirectionProvider>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        cssVariablesResolver={cssVariables}
        deduplicateInlineStyles
      >
        {await start()}
      </MantineProvider>
    </DirectionProvider>,
  );
}
