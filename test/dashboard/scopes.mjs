/** Projects, domains, and what can be reached from them. */
import { accounts } from "../keystone/accounts.mjs";
import {
  choose,
  fillIn,
  heading,
  problem,
  same,
  signIn,
  submit,
  switcher,
  until,
} from "./hands.mjs";
import { asAdmin, expectDead, watchTokens } from "./tokens.mjs";

/**
 * Keeps these requests back until they are released.
 *
 * @param {import("playwright").BrowserContext} context
 * @param {string} address
 */
async function hold(context, address) {
  /** @type {() => void} */
  let release = () => undefined;
  const released = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  await context.route(address, async (route) => {
    await released;
    await route.continue();
  });
  return { release };
}

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "switches to another project and to a domain, and gives back the tokens it leaves",
    async run(stage) {
      const context = await stage.browser();
      const tokens = watchTokens(context);
      const page = await signIn(stage, { context });
      await heading(page, "data").waitFor();
      await until(() => tokens.size === 2, "there are two tokens");
      const [, left = ""] = tokens;
      await switcher(page).click();
      await page.getByRole("option", { name: "web" }).waitFor();
      await stage.look(page, "switcher");
      await page.keyboard.press("Escape");
      await choose(page, "web");
      await heading(page, "web").waitFor();
      await page.getByText("member", { exact: true }).waitFor();
      await expectDead(stage.env.keystone, [left]);
      await choose(page, "research");
      await heading(page, "research").waitFor();
      await page.getByText("Domain", { exact: true }).first().waitFor();
      await page.reload();
      await heading(page, "research").waitFor();
    },
  },
  {
    name: "a project whose role was taken meanwhile is refused, and one stays where one is",
    async run(stage) {
      const admin = await asAdmin(stage.env.keystone);
      const name = `dashboard-roles-${Date.now()}`;
      const { roles } = await admin("GET", "/roles?name=reader");
      const { projects } = await admin("GET", "/projects?domain_id=default");
      const grants = ["data", "web"].map((wanted) => {
        const { id } = projects.find((/** @type {{ name: string }} */ one) => one.name === wanted);
        return (/** @type {string} */ user) => `/projects/${id}/users/${user}/roles/${roles[0].id}`;
      });
      const { user } = await admin("POST", "/users", {
        user: { name, password: "first", domain_id: "default" },
      });
      try {
        for (const path of grants) await admin("PUT", path(user.id));
        const page = await signIn(stage, { who: { name, password: "first", domain: "Default" } });
        await heading(page, "data").waitFor();
        await admin("DELETE", grants[1]?.(user.id) ?? "");
        await switcher(page).click();
        await page.getByRole("option", { name: "web" }).click();
        await problem(page, "You have no role there").waitFor();
        same(await switcher(page).inputValue(), "data", "where one is, in the switcher");
        same(await heading(page, "data").count(), 1, "where one is, on the page");
        await stage.look(page, "scope-refused");
      } finally {
        await admin("DELETE", `/users/${user.id}`);
      }
    },
  },
  {
    name: "finds services by words and by region",
    async run(stage) {
      const page = await signIn(stage, { at: "catalog" });
      const services = page.locator("main section");
      const search = page.getByLabel("Search");
      await until(async () => (await services.count()) === 8, "eight services");
      await stage.look(page, "catalog");
      await search.fill("nova compute");
      await until(async () => (await services.count()) === 1, "one service");
      same(await services.locator("code").count(), 2, "its addresses");
      await page.getByRole("combobox", { name: "Region" }).click();
      await page.getByRole("option", { name: "RegionTwo" }).click();
      await until(async () => (await services.locator("code").count()) === 1, "one address");
      const address = await services.locator("code").innerText();
      same(address.startsWith("https://compute.two.example.com/"), true, "the region's address");
      await page.getByText("internal", { exact: true }).click();
      await services.getByText("http://nova.two.internal.example.com:8774").waitFor();
      await search.fill("no such thing");
      await page.getByText("No matching service").waitFor();
      await stage.look(page, "catalog-nothing");
    },
  },
  {
    name: "shows users, projects and roles to an administrator",
    async run(stage) {
      const page = await signIn(stage, { who: accounts.admin, at: "users" });
      const rows = page.locator("tbody tr");
      await rows
        .filter({ hasText: "a disabled user" })
        .getByText("disabled", { exact: true })
        .last()
        .waitFor();
      await rows.filter({ hasText: "another demo" }).getByText("research").waitFor();
      await stage.look(page, "users");
      // A domain is found by its displayed name.
      await page.getByLabel("Search users").fill("research");
      await rows.filter({ hasText: "dora" }).waitFor({ state: "detached" });
      await rows.filter({ hasText: "another demo" }).waitFor();
      await page.getByLabel("Search users").fill("dora");
      await until(async () => (await rows.count()) === 1, "one user");
      await page.getByRole("link", { name: "Projects" }).click();
      await heading(page, "Projects").waitFor();
      await rows.filter({ hasText: "Genome sequencing" }).getByText("research").waitFor();
      await stage.look(page, "projects");
      await page.getByRole("link", { name: "Roles" }).click();
      await heading(page, "Roles").waitFor();
      await rows.filter({ hasText: "admin" }).first().waitFor();
      await stage.look(page, "roles");
      await choose(page, "Whole cloud");
      await rows.filter({ hasText: "admin" }).first().waitFor();
    },
  },
  {
    name: "says that it is loading, and meanwhile shows nothing of where one was before",
    async run(stage) {
      const context = await stage.browser();
      const page = await context.newPage();
      const loading = page.getByRole("status", { name: "Loading" });
      const projects = await hold(context, "**/auth/projects");
      await page.goto(`${stage.url}/#/users`);
      await fillIn(page, accounts.admin);
      await submit(page);
      await loading.waitFor();
      await stage.look(page, "loading");
      projects.release();
      const rows = page.locator("tbody tr");
      await rows.filter({ hasText: "dora" }).waitFor();
      const users = await hold(context, "**/v3/users*");
      await choose(page, "Whole cloud");
      await loading.waitFor();
      same(await rows.count(), 0, "users of the project that was left");
      await stage.look(page, "table-loading");
      users.release();
      await rows.filter({ hasText: "dora" }).waitFor();
    },
  },
  {
    name: "shows a reader of a domain what Keystone lets them see, and says what it does not",
    async run(stage) {
      const page = await signIn(stage);
      await heading(page, "data").waitFor();
      same(await page.getByRole("link", { name: "Users" }).count(), 0, "links for administrators");
      await choose(page, "research");
      await page.getByRole("link", { name: "Users" }).click();
      await page.locator("tbody tr").filter({ hasText: "another demo" }).waitFor();
      same(await page.locator("tbody tr").count(), 1, "users of the domain");
      await page.getByRole("link", { name: "Roles" }).click();
      await page.getByRole("alert", { name: "You don't have permission to see this" }).waitFor();
      await stage.look(page, "forbidden");
    },
  },
];
