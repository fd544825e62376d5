/** What the address names: a view and a scope. */
import { accounts } from "../keystone/accounts.mjs";
import { choose, heading, problem, same, signIn, switcher, until } from "./hands.mjs";

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "a link leads to its view and its project, and Back to where one was",
    async run(stage) {
      const context = await stage.browser();
      const page = await signIn(stage, { context, at: "catalog" });
      await heading(page, "Service catalog").waitFor();
      await until(() => /#\/catalog\?project=\w+$/.test(page.url()), "the address has the project");
      const link = page.url();
      await choose(page, "research");
      await until(() => /#\/catalog\?domain=\w+$/.test(page.url()), "the address has the domain");
      await page.goBack();
      await until(async () => (await switcher(page).inputValue()) === "data", "back in data");
      same(page.url(), link, "the address");
      await choose(page, "web");
      await page.getByRole("link", { name: "Overview" }).click();
      await heading(page, "web").waitFor();
      const other = await context.newPage();
      await other.goto(link);
      await heading(other, "Service catalog").waitFor();
      await until(
        async () => (await switcher(other).inputValue()) === "data",
        "the link's project",
      );
      same(await other.getByRole("alert").count(), 0, "problems");
      await other.goto(`${stage.url}/#/catalog?project=00000000000000000000000000000000`);
      await problem(other, "You have no role there").waitFor();
      await until(() => other.url() === link, "the address is where one is");
    },
  },
  {
    name: "an address that leads nowhere says so; a view without the role is refused in its place",
    async run(stage) {
      const page = await signIn(stage, { at: "nowhere" });
      await heading(page, "Page not found").waitFor();
      await stage.look(page, "not-found");
      same(await page.title(), "Page not found · Keystone dashboard", "the title");
      await page.getByRole("link", { name: "Go to the overview" }).click();
      await heading(page, "data").waitFor();
      await page.goto(`${stage.url}/#/users`);
      await heading(page, "Users").waitFor();
      await problem(page, "You don't have permission to see this").waitFor();
      await stage.look(page, "users-forbidden");
    },
  },
  {
    name: "one long name does not hide the domains of the others",
    async run(stage) {
      const context = await stage.browser();
      const long = "z-project-with-a-very-long-name-".repeat(6);
      await context.route("**/v3/auth/projects", async (route) => {
        const response = await route.fetch();
        const { projects, ...rest } = await response.json();
        const another = { ...projects[0], id: "f".repeat(32), name: long };
        await route.fulfill({ response, json: { ...rest, projects: [...projects, another] } });
      });
      const page = await signIn(stage, { context, who: accounts.demo });
      await switcher(page).click();
      const options = page.getByRole("option");
      await options.filter({ hasText: long }).waitFor();
      for (const option of await options.all()) {
        const [outer, badge] = await Promise.all([
          option.boundingBox(),
          option.locator(".mantine-Badge-root").boundingBox(),
        ]);
        const inside = outer && badge && badge.x + badge.width <= outer.x + outer.width;
        same(inside, true, "the badge is in sight");
      }
      await stage.look(page, "switcher-long-name");
    },
  },
];
