/** axe on what is on the page, light and dark; and pictures of it for people. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";

/** @typedef {import("playwright").Page} Page */

const schemes = /** @type {const} */ (["light", "dark"]);
/** All rules; in the dark, those that depend on colours. */
const rules = { light: [], dark: ["color-contrast", "link-in-text-block"] };
/** The narrowest that WCAG requires. */
const phone = { width: 320, height: 780 };

/**
 * @param {string} [pictures] the folder to put them into, at desktop's and at a phone's width
 */
export function createLook(pictures) {
  if (pictures) mkdirSync(pictures, { recursive: true });
  /** @type {string[]} */
  const looks = [];
  return {
    looks,
    /**
     * For people who investigate a failure.
     * @param {Page} page
     * @param {string} name
     */
    async keep(page, name) {
      const path = pictures && join(pictures, `failed, ${name.slice(0, 60)}.png`);
      if (path) await page.screenshot({ path }).catch(() => undefined);
    },
    /**
     * @param {Page} page
     * @param {string} state its name
     */
    async look(page, state) {
      /** @type {string[]} */
      const found = [];
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await page.waitForSelector(`html[data-mantine-color-scheme="${colorScheme}"]`);
        await settled(page);
        found.push(
          ...(await violations(page, rules[colorScheme])).map(
            (line) => `${state}, ${colorScheme}: ${line}`,
          ),
        );
        looks.push(`${state}, ${colorScheme}`);
        if (pictures)
          await page.screenshot({ path: join(pictures, `${state}-${colorScheme}.png`) });
      }
      if (pictures) await takeSmallPictures(page, join(pictures, state));
      await page.emulateMedia({ colorScheme: "light" });
      if (found.length > 0) throw new Error(`axe:\n${found.join("\n")}`);
    },
  };
}

/** Colours in transition have no contrast to judge. @param {Page} page */
async function settled(page) {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" ||
          effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
}

/**
 * @param {Page} page
 * @param {readonly string[]} rules all by default
 * @returns {Promise<string[]>}
 */
async function violations(page, rules) {
  // Not as a <script>: the page's policy admits only its own.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { axe } = /** @type {any} */ (globalThis);
    const { violations } = await axe.run(document, {
      resultTypes: ["violations"],
      ...(rules.length > 0 && { runOnly: { type: "rule", values: rules } }),
    });
    return violations.flatMap((/** @type {any} */ { id, help, nodes }) =>
      nodes.map(
        (/** @type {any} */ node) =>
          `${id} (${help})\n   ${node.target.join(" ")}\n   ${node.failureSummary}`,
      ),
    );
  }, rules);
}

/**
 * Last, because an open list closes when the page becomes smaller. @param {Page} page @param {string}
 * path
 */
async function takeSmallPictures(page, path) {
  const before = page.viewportSize();
  await page.setViewportSize(phone);
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await page.waitForSelector(`html[data-mantine-color-scheme="${colorScheme}"]`);
    await settled(page);
    await page.screenshot({ path: `${path}-${colorScheme}-phone.png` });
  }
  if (before) await page.setViewportSize(before);
}
