import { type CSSVariablesResolver, createTheme } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: 8,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
});

/** Mantine's own greys and light badges are too pale for WCAG AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "var(--mantine-color-gray-7)",
    "--mantine-color-placeholder": "var(--mantine-color-gray-6)",
    "--mantine-color-anchor": "var(--mantine-color-indigo-8)",
    "--mantine-color-error": "var(--mantine-color-red-9)",
    "--mantine-color-indigo-light-color": "#2f44ad",
    "--mantine-color-teal-light-color": "#065a41",
    "--mantine-color-orange-light-color": "#8f2f08",
    "--mantine-color-red-light-color": "#9c1c1c",
  },
  dark: {
    "--mantine-color-dimmed": "var(--mantine-color-dark-1)",
    "--mantine-color-placeholder": "var(--mantine-color-dark-2)",
    "--mantine-color-anchor": "var(--mantine-color-indigo-3)",
    "--mantine-color-error": "var(--mantine-color-red-4)",
    // An alert in its full colour would outshine everything else on a dark page.
    "--mantine-color-gray-light": "var(--mantine-color-dark-5)",
    "--mantine-color-gray-light-hover": "var(--mantine-color-dark-4)",
    "--mantine-color-indigo-light": "#27325a",
    "--mantine-color-indigo-light-hover": "#2c3966",
    "--mantine-color-teal-light": "#15392f",
    "--mantine-color-orange-light": "#402a16",
    "--mantine-color-orange-light-hover": "#4d331b",
    "--mantine-color-red-light": "#422024",
    "--mantine-color-indigo-light-color": "var(--mantine-color-indigo-2)",
    "--mantine-color-teal-light-color": "var(--mantine-color-teal-2)",
    "--mantine-color-orange-light-color": "var(--mantine-color-orange-2)",
    "--mantine-color-red-light-color": "var(--mantine-color-red-2)",
  },
});
