/** Chromium once more, with the one file for a CDN in place of the package's core. */
import { sep } from "node:path";
import chromium from "./chromium.mjs";
import { runPage } from "./page.mjs";

export { launcher } from "./chromium.mjs";

/** @type {import("./engines.mjs").Engine} */
export default {
  ...chromium,
  name: "cdn",
  run(env, options) {
    // Those of the source are not about any file.
    const files = options.files.filter((file) => !file.includes(`${sep}test${sep}unit${sep}`));
    return runPage("cdn", env, { ...options, files }, "cdn");
  },
};
