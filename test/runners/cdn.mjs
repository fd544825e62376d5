/** Chromium once more, with the one file for a CDN in place of the package's core. */
import { readFileSync } from "node:fs";
import { sep } from "node:path";
import chromium from "./chromium.mjs";
import { runPage } from "./page.mjs";

export { launcher } from "./chromium.mjs";

/** @type {import("./engines.mjs").Engine} */
export default {
  ...chromium,
  name: "cdn",
  run(env, options) {
    // Cases that import the source are not about any built file, and the other entries bring their
    // own core.
    const files = options.files.filter(
      (file) =>
        !file.includes(`${sep}test${sep}unit${sep}`) &&
        !/from "(keystone-fetch\/|.*fixtures\/identity|\.\/identity-)/.test(
          readFileSync(file, "utf8"),
        ),
    );
    return runPage("cdn", env, { ...options, files }, "cdn");
  },
};
