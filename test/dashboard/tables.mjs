/** Tables of many records, and what is chosen where there are no colours. */
import { accounts } from "../keystone/accounts.mjs";
import { button, heading, same, signIn, until } from "./hands.mjs";

const count = 128;

/** @param {import("playwright").BrowserContext} context */
async function crowd(context) {
  await context.route("**/v3/users*", async (route) => {
    const response = await route.fetch();
    const { users, ...rest } = await response.json();
    const many = Array.from({ length: count }, (_, index) => ({
      ...users[0],
      id: `${index}`.padStart(32, "0"),
      name: `robot-${index + 1}`,
      enabled: index !== 77,
      email: undefined,
      description: index === 0 ? "A robot with a long story. ".repeat(40) : "",
    }));
    await route.fulfill({ response, json: { ...rest, users: many } });
  });
}

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "many users come in pages, in the order of a column",
    async run(stage) {
      const context = await stage.browser();
      await crowd(context);
      const page = await signIn(stage, { context, who: accounts.admin, at: "users" });
      const rows = page.locator("tbody tr");
      await until(async () => (await rows.count()) === 25, "one page");
      const first = rows.first();
      await first.getByText("robot-1", { exact: true }).waitFor();
      const height = (await first.boundingBox())?.height ?? 0;
      same(height < 100, true, `the long description is cut short: ${height} px`);
      await stage.look(page, "users-many");
      await page.getByRole("button", { name: "Page 6" }).click();
      await page.getByText("showing 126–128").waitFor();
      same(await rows.count(), 3, "the rows of the last page");
      await page.getByRole("button", { name: "Name" }).click();
      await first.getByText("robot-128", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Status" }).click();
      await first.getByText("robot-78", { exact: true }).waitFor();
      const sorted = page.locator("th[aria-sort]");
      same(await sorted.getAttribute("aria-sort"), "ascending", "the order");
      same(await sorted.innerText(), "Status", "its column");
      await page.getByLabel("Search users").fill("robot-12");
      await until(async () => (await rows.count()) === 10, "what was searched for, on one page");
    },
  },
  {
    name: "in forced colours what is chosen can be told from the rest",
    async run(stage) {
      const context = await stage.browser({ forcedColors: "active" });
      const page = await context.newPage();
      await page.goto(stage.url);
      await heading(page, "Sign in").waitFor();
      const tabs = page.locator(".mantine-SegmentedControl-label");
      const grounds = () =>
        tabs.evaluateAll((labels) =>
          labels.map((label) => getComputedStyle(label).backgroundColor),
        );
      await until(async () => (await tabs.count()) === 2, "two tabs");
      const [chosen, other] = await grounds();
      same(chosen !== other, true, "the chosen tab has a ground of its own");
      await page.close();

      const next = await signIn(stage, { context, who: accounts.admin, at: "projects" });
      await next.getByRole("link", { name: "web", exact: true }).click();
      await button(next, "Change the roles of demo").click();
      const box = (/** @type {string} */ name) => next.getByRole("checkbox", { name });
      await until(() => box("member").isChecked(), "demo is a member");
      const [checked, unchecked] = await Promise.all(
        ["member", "admin"].map((name) =>
          box(name).evaluate((input) => getComputedStyle(input).backgroundColor),
        ),
      );
      same(checked !== unchecked, true, "the chosen role has a ground of its own");
    },
  },
];
