/** The end of a token, before and after. */
import { accounts } from "../keystone/accounts.mjs";
import {
  button,
  choose,
  field,
  fillIn,
  heading,
  problem,
  same,
  signIn,
  submit,
  switcher,
  until,
} from "./hands.mjs";
import { asAdmin, givePassword } from "./tokens.mjs";

const ended = "Your session has ended";

/** @param {import("playwright").Page} page */
const dialog = (page) => page.getByRole("dialog", { name: ended });

/** @param {import("playwright").Page} page @param {string} password */
export async function answer(page, password) {
  await field(page, "secret").fill(password);
  await button(page, "Continue").click();
}

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "shows the time left, warns in time, and gives more of it for the password",
    async run(stage) {
      const context = await stage.browser();
      await context.clock.install();
      const page = await signIn(stage, { context });
      const clock = page.getByRole("button", { name: /^Time left on your token/ });
      await until(async () => /(59|60) min|1 h/.test(await clock.innerText()), "an hour is left");
      await clock.click();
      await page.getByText("Signed in until").waitFor();
      await stage.look(page, "time-left");
      await page.keyboard.press("Escape");
      await context.clock.fastForward("56:00");
      await page.getByText("Your session ends soon").waitFor();
      await stage.look(page, "ends-soon");
      await page.getByRole("main").getByRole("button", { name: "Stay signed in" }).click();
      await page.getByRole("dialog", { name: "Stay signed in" }).waitFor();
      await stage.look(page, "stay-signed-in");
      await answer(page, accounts.demo.password);
      await page.getByText("Your session ends soon").waitFor({ state: "detached" });
      await until(async () => /(59|60) min/.test(await clock.innerText()), "an hour is left again");
    },
  },
  {
    name: "asks for the password when the time is over, and everything stays where it was",
    async run(stage) {
      const context = await stage.browser({ viewport: { width: 1280, height: 420 } });
      await context.clock.install();
      const page = await signIn(stage, { context, at: "catalog" });
      const search = page.getByLabel("Search");
      await search.fill("example.com");
      await page.getByRole("combobox", { name: "Region" }).click();
      await page.getByRole("option", { name: "RegionOne" }).click();
      // Not with the wheel, after which the page goes on scrolling for a while.
      const scroll = await page.evaluate(() => {
        scrollTo({ top: 120, behavior: "instant" });
        return scrollY;
      });
      same(scroll > 50, true, "the page is scrolled");
      await context.clock.fastForward("01:00:00");
      await dialog(page).waitFor();
      await stage.look(page, "ended");
      await page.keyboard.press("Escape");
      await answer(page, "wrong");
      await problem(page, "Sign-in failed").getByText("Check the password").waitFor();
      await stage.look(page, "ended-wrong-password");
      await answer(page, accounts.demo.password);
      await dialog(page).waitFor({ state: "detached" });
      same(await search.inputValue(), "example.com", "the search");
      same(
        await page.getByRole("combobox", { name: "Region" }).inputValue(),
        "RegionOne",
        "the region",
      );
      same(await page.locator("main section").count(), 6, "the services");
      same(await page.evaluate(() => scrollY), scroll, "the scroll");
      same(await switcher(page).inputValue(), "data", "the project");
      // The new token is used: what needs one works.
      await choose(page, "web");
    },
  },
  {
    name: "a token that Keystone rejects before its time is asked for anew in the same way",
    async run(stage) {
      const admin = await asAdmin(stage.env.keystone);
      const name = `dashboard-${Date.now()}`;
      const { roles } = await admin("GET", "/roles?name=reader");
      const { user } = await admin("POST", "/users", {
        user: { name, password: "first", domain_id: "default" },
      });
      try {
        await admin("PUT", `/domains/default/users/${user.id}/roles/${roles[0].id}`);
        const who = { name, password: "first", domain: "Default" };
        const page = await signIn(stage, { who, at: "users" });
        await heading(page, "Users").waitFor();
        // Keystone then accepts no token that was issued before.
        await givePassword(admin, user.id, "second");
        await page.getByRole("link", { name: "Projects" }).click();
        await dialog(page).waitFor();
        await page.getByText("no longer accepts your token").waitFor();
        await answer(page, "second");
        await dialog(page).waitFor({ state: "detached" });
        const row = page.locator("tbody tr").filter({ hasText: "The data warehouse" });
        await row.waitFor();
        await givePassword(admin, user.id, "third");
        await page.reload();
        await dialog(page).waitFor();
        await answer(page, "third");
        await row.waitFor();
      } finally {
        await admin("DELETE", `/users/${user.id}`);
      }
    },
  },
  {
    name: "the same with real tokens of five seconds",
    ours: true,
    async run(stage) {
      const { shortLived } = stage.env;
      if (!shortLived) throw new Error("There is no Keystone with tokens of five seconds.");
      const page = await (await stage.browser()).newPage();
      await page.goto(`${stage.url}/#/catalog`);
      await fillIn(page, accounts.demo, { authUrl: `${shortLived}/v3` });
      await submit(page);
      await until(async () => {
        // On a slow machine, a token may have expired before there is anything to see.
        if (await dialog(page).isVisible()) await answer(page, accounts.demo.password);
        return heading(page, "Service catalog").isVisible();
      }, "the catalog is there");
      await page.getByLabel("Search").fill("nova");
      await dialog(page).waitFor();
      await answer(page, accounts.demo.password);
      await dialog(page).waitFor({ state: "detached" });
      same(await page.getByLabel("Search").inputValue(), "nova", "the search");
      await dialog(page).waitFor();
      await button(page, "Sign out").click();
      await heading(page, "Sign in").waitFor();
    },
  },
];
