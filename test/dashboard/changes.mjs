/** What an administrator changes: users and their roles, groups, domains. */
import { accounts } from "../keystone/accounts.mjs";
import { button, choose, field, heading, problem, same, signIn, until } from "./hands.mjs";
import { asAdmin } from "./tokens.mjs";

/** @typedef {import("playwright").Page} Page */

/** @param {Page} page @param {string} name of the list @param {string} text to choose, by its name */
async function pick(page, name, text) {
  await page.getByRole("dialog").getByRole("combobox", { name }).fill(text);
  await page.getByRole("option").filter({ hasText: text }).first().click();
}

/** @param {Page} page @param {string} title */
const part = (page, title) => page.getByRole("region", { name: title });

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "a user is created, given a role, changed, disabled and deleted, and a refusal is told",
    async run(stage) {
      const name = `zoe ${Date.now()}`;
      const page = await signIn(stage, { who: accounts.admin, at: "users" });
      await button(page, "New user").click();
      await field(page, "name").fill("dora");
      await field(page, "password").fill("zoe-password");
      await button(page, "Create").click();
      await problem(page, "Keystone refused that").getByText("Duplicate entry").waitFor();
      await stage.look(page, "user-refused");
      await field(page, "name").fill(name);
      await button(page, "Create").click();
      await heading(page, name).waitFor();
      const roles = part(page, "Roles");
      await roles.getByText("No roles yet").waitFor();

      await button(page, "Assign roles").click();
      await pick(page, "Project or domain", "web");
      await page.getByRole("checkbox", { name: "member" }).check();
      await stage.look(page, "assign-roles");
      await button(page, "Save").click();
      await roles.getByRole("link", { name: "web" }).waitFor();
      await button(page, "Change the roles of web").click();
      await page.getByRole("checkbox", { name: "member" }).uncheck();
      await page.getByRole("checkbox", { name: "admin" }).check();
      await button(page, "Save").click();
      await roles.getByText("admin", { exact: true }).waitFor();

      await button(page, "Edit").click();
      await field(page, "description").fill("made in the dashboard");
      await button(page, "Save").click();
      await page.getByText("made in the dashboard").waitFor();
      await button(page, "Disable").click();
      await button(page, "Enable").waitFor();
      await page.getByText("disabled", { exact: true }).waitFor();
      await stage.look(page, "user-disabled");
      await button(page, `Delete ${name}`).click();
      await button(page, `Really delete ${name}`).click();
      await heading(page, "Users").waitFor();
      await until(
        async () => (await page.locator("tbody tr").count()) > 0,
        "the users that are left",
      );
      same(await page.getByText(name, { exact: true }).count(), 0, "the user who was deleted");
    },
  },
  {
    name: "a group has users, and is a member of a project whose roles its users then have",
    async run(stage) {
      const admin = await asAdmin(stage.env.keystone);
      const name = `team ${Date.now()}`;
      const page = await signIn(stage, { who: accounts.admin, at: "groups" });
      await button(page, "New group").click();
      await field(page, "name").fill(name);
      await button(page, "Create").click();
      await heading(page, name).waitFor();
      const id = /#\/groups\/(\w+)/.exec(page.url())?.[1];
      try {
        await button(page, "Add user").click();
        await pick(page, "User", "loner");
        await button(page, "Add").click();
        await part(page, "Users").getByRole("link", { name: "loner" }).waitFor();
        await button(page, "Assign roles").click();
        await pick(page, "Project or domain", "web");
        await page.getByRole("checkbox", { name: "reader" }).check();
        await button(page, "Save").click();
        await stage.look(page, "group");
        await part(page, "Roles").getByRole("link", { name: "web" }).click();
        await heading(page, "web").waitFor();
        const members = part(page, "Members").locator("tbody tr");
        await members.filter({ hasText: name }).getByText("reader").waitFor();
        await members.filter({ hasText: "loner" }).getByText("reader").waitFor();
        await stage.look(page, "members");
        await members.getByRole("link", { name: "loner" }).click();
        await heading(page, "loner").waitFor();
        await part(page, "Groups").getByRole("link", { name }).click();
        await heading(page, name).waitFor();
        await button(page, "Remove loner").click();
        await button(page, "Really remove loner").click();
        await part(page, "Users").getByText("No users yet").waitFor();
      } finally {
        await admin("DELETE", `/groups/${id}`);
      }
    },
  },
  {
    name: "a domain that is enabled is not deleted, in Keystone's words",
    async run(stage) {
      const page = await signIn(stage, { who: accounts.admin, at: "domains" });
      await page.getByRole("link", { name: "research", exact: true }).click();
      await heading(page, "research").waitFor();
      await button(page, "Delete research").click();
      await button(page, "Really delete research").click();
      await problem(page, "Keystone refused that").getByText("please disable it first").waitFor();
      await stage.look(page, "domain-refused");
    },
  },
  {
    name: "a reader has no buttons for what readers may not do",
    async run(stage) {
      const page = await signIn(stage);
      await choose(page, "research");
      await page.getByRole("link", { name: "Users" }).click();
      await page.getByRole("link", { name: "demo", exact: true }).click();
      await heading(page, "demo").waitFor();
      await page.getByText("another demo").waitFor();
      for (const name of ["Edit", "Disable", "Assign roles"]) {
        same(await button(page, name).count(), 0, `buttons: ${name}`);
      }
    },
  },
];
