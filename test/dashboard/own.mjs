/** What belongs to one user or project: application credentials, the password, roles and members. */
import { readFileSync } from "node:fs";
import { accounts } from "../keystone/accounts.mjs";
import { login } from "../keystone/api.mjs";
import { button, field, heading, problem, same, signIn, until } from "./hands.mjs";
import { asAdmin } from "./tokens.mjs";

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "an application credential is created, downloaded, works, and is deleted",
    async run(stage) {
      const { keystone } = stage.env;
      const page = await signIn(stage, { at: "credentials" });
      await heading(page, "Application credentials").waitFor();
      const name = `it's a "robot" ${Date.now()}`;
      const create = async () => {
        await button(page, "New credential").click();
        await field(page, "name").fill(name);
        await button(page, "Create").click();
      };
      await create();
      await page.getByText("Keystone never shows it again").waitFor();
      await stage.look(page, "credential-created");
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        button(page, "Download clouds.yaml").click(),
      ]);
      same(file.suggestedFilename(), "clouds.yaml", "the file");
      const text = readFileSync(await file.path(), "utf8");
      const read = (/** @type {string} */ key) =>
        JSON.parse(new RegExp(`${key}: (.*)`).exec(text)?.[1] ?? "null");
      const id = read("application_credential_id");
      const body = {
        auth: {
          identity: {
            methods: ["application_credential"],
            application_credential: { id, secret: read("application_credential_secret") },
          },
        },
      };
      const tokens = `${keystone}/v3/auth/tokens`;
      const post = { method: "POST", body: JSON.stringify(body) };
      const headers = { "Content-Type": "application/json" };
      same((await fetch(tokens, { ...post, headers })).status, 201, "a login with it");
      await button(page, "Done").click();
      const row = page.locator("tbody tr").filter({ hasText: name });
      await row.waitFor();
      await create();
      await problem(page, "Keystone refused that").waitFor();
      await stage.look(page, "credential-refused");
      await page.keyboard.press("Escape");
      await button(page, `Delete ${name}`).click();
      await stage.look(page, "credentials");
      await button(page, `Really delete ${name}`).click();
      await row.waitFor({ state: "detached" });
      same((await fetch(tokens, { ...post, headers })).ok, false, "a login with what is deleted");
    },
  },
  {
    name: "the own password is changed, and one stays signed in where one is",
    async run(stage) {
      const { keystone } = stage.env;
      const admin = await asAdmin(keystone);
      const name = `dashboard-change-${Date.now()}`;
      const { roles } = await admin("GET", "/roles?name=reader");
      const { user } = await admin("POST", "/users", {
        user: { name, password: "first", domain_id: "default" },
      });
      try {
        await admin("PUT", `/domains/default/users/${user.id}/roles/${roles[0].id}`);
        const who = { name, password: "first", domain: "Default" };
        const page = await signIn(stage, { who, at: "users" });
        const rows = page.locator("tbody tr");
        await rows.filter({ hasText: "dora" }).waitFor();
        await page.getByRole("button", { name: /^Account of/ }).click();
        await button(page, "Change password").click();
        const dialog = page.getByRole("dialog", { name: "Change password" });
        await field(page, "secret").fill("wrong");
        await field(page, "renewed").fill("second");
        await dialog.getByRole("button", { name: "Change password" }).click();
        await problem(page, "Keystone refused the current password").waitFor();
        await stage.look(page, "change-own-password");
        await field(page, "secret").fill("first");
        await dialog.getByRole("button", { name: "Change password" }).click();
        await dialog.waitFor({ state: "detached" });
        await page.getByRole("link", { name: "Projects" }).click();
        await rows.filter({ hasText: "The data warehouse" }).waitFor();
        same(await page.getByRole("dialog").count(), 0, "questions for the password");
        await login(keystone, { name, password: "second", domain: "Default" });
      } finally {
        await admin("DELETE", `/users/${user.id}`);
      }
    },
  },
  {
    name: "shows a user's roles and a project's members, and what there isn't as not found",
    async run(stage) {
      const page = await signIn(stage, { who: accounts.admin, at: "users" });
      const rows = page.locator("tbody tr");
      const search = page.getByLabel("Search users");
      await rows.filter({ hasText: "dora" }).waitFor();
      await search.fill("dora");
      await page.getByRole("link", { name: "dora", exact: true }).click();
      await heading(page, "dora").waitFor();
      await rows.filter({ hasText: "web" }).getByText("member", { exact: true }).waitFor();
      await stage.look(page, "user");
      await page.goBack();
      await heading(page, "Users").waitFor();
      await page.getByRole("link", { name: "Projects" }).click();
      await page.getByRole("link", { name: "data", exact: true }).click();
      await heading(page, "data").waitFor();
      await rows.filter({ hasText: "demo" }).getByText("reader", { exact: true }).waitFor();
      await stage.look(page, "project");
      await page.goto(`${stage.url}/#/users/nobody`);
      await problem(page, "Not found").waitFor();
      await page.goto(`${stage.url}/#/roles/some/thing`);
      await heading(page, "Page not found").waitFor();
    },
  },
  {
    name: "shows groups and domains to an administrator",
    async run(stage) {
      const page = await signIn(stage, { who: accounts.admin, at: "domains" });
      const rows = page.locator("tbody tr");
      await rows.filter({ hasText: "Research groups" }).waitFor();
      await stage.look(page, "domains");
      await page.getByRole("link", { name: "Groups" }).click();
      await heading(page, "Groups").waitFor();
      await until(
        async () => (await rows.count()) > 0 || (await page.getByText("Nothing found").isVisible()),
        "the groups, or that there are none",
      );
    },
  },
];
