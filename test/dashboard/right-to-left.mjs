/** Where people read from right to left. */
import { accounts } from "../keystone/accounts.mjs";
import { button, heading, same, signIn, switcher } from "./hands.mjs";

/**
 * As a translator of the page would write it: `<html dir="rtl">`. @param
 * {import("playwright").BrowserContext} context
 */
const turn = (context) =>
  context.addInitScript(() =>
    // By then the element exists, and no script has run.
    document.addEventListener("readystatechange", () => {
      document.documentElement.dir = "rtl";
    }),
  );

/** @param {import("playwright").Locator} locator */
const left = async (locator) => (await locator.boundingBox())?.x ?? Number.NaN;

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "from right to left all is on its other side, and nothing is wider than the screen",
    async run(stage) {
      const context = await stage.browser();
      await turn(context);
      const page = await signIn(stage, { context, who: accounts.admin, at: "users" });
      await heading(page, "Users").waitFor();
      await page.locator("tbody tr").filter({ hasText: "dora" }).waitFor();
      const middle = 640;
      same((await left(page.getByRole("navigation"))) > middle, true, "the menu is at the right");
      same((await left(heading(page, "Users"))) > middle, true, "the title is at the right");
      same((await left(button(page, "New user"))) < middle, true, "the button is at the left");
      await stage.look(page, "rtl-users");
      await page.getByRole("link", { name: "dora", exact: true }).click();
      await heading(page, "dora").waitFor();
      await page.locator("tbody tr").first().waitFor();
      await stage.look(page, "rtl-user");
      await switcher(page).click();
      await page.getByRole("option", { name: "Whole cloud" }).waitFor();
      await stage.look(page, "rtl-switcher");
      await page.keyboard.press("Escape");
      await page.setViewportSize({ width: 320, height: 640 });
      // Menus move out of the way first.
      await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth);
    },
  },
];
