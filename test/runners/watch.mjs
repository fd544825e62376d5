/** Waits for changes of the source or the tests. */
import { watch } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { rootDir } from "./project.mjs";

/** An editor that saves several files does so one after another. */
const settle = 150;

/** @returns {() => Promise<void>} resolves when something changed since it was last called */
export function watchProject() {
  let changed = false;
  let wake = () => {};
  for (const folder of ["src", "test"]) {
    watch(join(rootDir, folder), { recursive: true }, () => {
      changed = true;
      wake();
    });
  }
  return async () => {
    while (!changed) {
      await new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
        wake = resolve;
      });
    }
    await setTimeout(settle);
    changed = false;
  };
}
