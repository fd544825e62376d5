/** Without a mouse, and on a small screen. */
import { accounts } from "../keystone/accounts.mjs";
import { button, choose, focused, heading, same, signIn, switcher, until } from "./hands.mjs";

/** @param {import("playwright").Page} page @param {string} key @param {() => Promise<boolean>} there */
async function pressUntil(page, key, there) {
  for (let times = 0; times < 30; times++) {
    if (await there()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead there`);
}

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "signs in, switches, goes to another view and out by the keyboard alone",
    async run({ browser, url }) {
      const page = await (await browser()).newPage();
      const { keyboard } = page;
      await page.goto(url);
      await heading(page, "Sign in").waitFor();
      await until(focused(page.locator('input[name="user"]')), "the cursor is in the form");
      await keyboard.type(accounts.demo.name);
      await keyboard.press("Tab");
      await keyboard.type(accounts.demo.password);
      await keyboard.press("Enter");
      await heading(page, "data").waitFor();
      await keyboard.press("Tab");
      await until(focused(page.getByText("Skip to the content")), "the first stop skips the menus");
      await pressUntil(page, "Tab", focused(switcher(page)));
      await keyboard.type("web");
      const options = page.getByRole("option");
      await until(async () => (await options.count()) === 1, "the list has what was typed alone");
      // While the list is still settling, it forgets what was marked, and Enter does nothing.
      await until(async () => {
        if ((await options.count()) === 0) return true;
        await keyboard.press("ArrowDown");
        await keyboard.press("Enter");
        return false;
      }, "the project is taken");
      await heading(page, "web").waitFor();
      same(await focused(switcher(page))(), true, "the focus is still there");
      await pressUntil(page, "Tab", focused(page.getByRole("link", { name: "Service catalog" })));
      await keyboard.press("Enter");
      await heading(page, "Service catalog").waitFor();
      await until(focused(page.getByRole("main")), "the new view has the focus");
      await pressUntil(
        page,
        "Shift+Tab",
        focused(page.getByRole("button", { name: /^Account of/ })),
      );
      await keyboard.press("Enter");
      await pressUntil(page, "Tab", focused(page.getByRole("button", { name: "Sign out" })));
      await keyboard.press("Enter");
      await heading(page, "Sign in").waitFor();
    },
  },
  {
    name: "all is in reach on a phone, and nothing is wider than it",
    async run(stage) {
      // The narrowest width in WCAG's rule about reflow.
      const context = await stage.browser({ viewport: { width: 320, height: 640 } });
      await context.route("**/v3/users*", async (route) => {
        const response = await route.fetch();
        const { users, ...rest } = await response.json();
        const [first, ...others] = users;
        const name = "a-first-name.and-a-last-name@department.example.com";
        await route.fulfill({
          response,
          json: { ...rest, users: [{ ...first, name }, ...others] },
        });
      });
      const form = await context.newPage();
      await form.goto(stage.url);
      const tabs = form.getByRole("radiogroup", { name: "Sign in with" });
      await tabs.waitFor();
      const cut = await tabs.evaluate((group) => group.scrollWidth > group.clientWidth);
      same(cut, false, "the ways to sign in are cut off");
      await form.close();
      const page = await signIn(stage, { context, who: accounts.admin });
      await heading(page, "admin").waitFor();
      const menu = page.getByRole("button", { name: "Menu" });
      await menu.click();
      await choose(page, "Whole cloud");
      await stage.look(page, "phone-menu");
      for (const view of [
        "Users",
        "Groups",
        "Projects",
        "Domains",
        "Roles",
        "Application credentials",
        "Service catalog",
        "Overview",
      ]) {
        if ((await menu.getAttribute("aria-expanded")) === "false") await menu.click();
        await page.getByRole("link", { name: view, exact: true }).click();
        await heading(page, view === "Overview" ? "Whole cloud" : view).waitFor();
        const rows = page.locator("tbody tr");
        if (view === "Users") await rows.filter({ hasText: "a-first-name" }).waitFor();
        if (view === "Projects" || view === "Roles") await rows.first().waitFor();
        const wide = await page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll("main table")].some(
            (element) => element.scrollWidth > (element.parentElement?.clientWidth ?? innerWidth),
          ),
        );
        const account = await page.getByRole("button", { name: /^Account of/ }).boundingBox();
        same(account && account.x + account.width <= 320, true, "the account is on the screen");
        same(wide, false, `${view} is wider than the screen`);
        if (view === "Users") await stage.look(page, "phone-users");
      }
      await page.goto(`${stage.url}/#/projects`);
      await page.getByRole("link", { name: "web", exact: true }).click();
      await button(page, "Change the roles of demo").click();
      const dialog = page.getByRole("dialog", { name: "demo: roles on web" });
      await dialog.getByRole("checkbox", { name: "member" }).waitFor();
      await stage.look(page, "phone-roles");
      for (const part of [dialog, page.getByRole("region", { name: "Members" })]) {
        const box = await part.boundingBox();
        same(box && box.x >= 0 && box.x + box.width <= 320, true, "it is on the screen");
      }
    },
  },
  {
    name: "light and dark follow the system until they are switched",
    async run({ browser, url }) {
      const context = await browser({ colorScheme: "dark" });
      const page = await context.newPage();
      await page.goto(url);
      const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
      await until(async () => (await scheme()) === "dark", "dark as the system is");
      await page.getByRole("button", { name: "Switch to light colours" }).click();
      await until(async () => (await scheme()) === "light", "light as it was switched");
      await page.reload();
      await page.getByRole("button", { name: "Switch to dark colours" }).waitFor();
    },
  },
];
