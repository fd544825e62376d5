/** What can go wrong, and whether the page says what to do about it. */
import { accounts } from "../keystone/accounts.mjs";
import { login } from "../keystone/api.mjs";
import {
  button,
  field,
  fillIn,
  focused,
  heading,
  problem,
  signIn,
  submit,
  until,
} from "./hands.mjs";
import { asAdmin } from "./tokens.mjs";

/**
 * @param {string} name of the check
 * @param {string} title what the page says
 * @param {(stage: import("./stage.mjs").Stage) => { authUrl?: string, url?: string }} where
 * @param {string} [advice] a part of it
 * @returns {import("./stage.mjs").Check}
 */
function refused(name, title, where, advice) {
  return {
    name: `${name}: the sign-in form says so`,
    async run(stage) {
      const { authUrl, url = stage.url } = where(stage);
      const page = await (await stage.browser()).newPage();
      await page.goto(url);
      await fillIn(page, accounts.demo, authUrl ? { authUrl } : {});
      await submit(page);
      await problem(page, title).waitFor();
      if (advice) await problem(page, title).getByText(advice).last().waitFor();
      await stage.look(page, name.toLowerCase().replaceAll(" ", "-"));
    },
  };
}

/** @param {import("./stage.mjs").Check} check */
const ours = (check) => ({ ...check, ours: true });

let tag = 0;
/** @param {string} name of a fault of test/server */
const fault =
  (name) =>
  (/** @type {import("./stage.mjs").Stage} */ { env }) => ({
    authUrl: `${env.control}/${name}/dashboard-${process.pid}-${++tag}/v3`,
  });

/** @type {import("./stage.mjs").Check[]} */
export default [
  ours(
    refused(
      "CORS refused",
      "Keystone does not let this page in",
      ({ strangeUrl }) => ({ url: strangeUrl }),
      "[cors]",
    ),
  ),
  refused("Keystone down", "Keystone can't be reached", ({ env }) => ({
    authUrl: `${env.closed}/v3`,
  })),
  refused(
    "Token hidden",
    "Keystone hides the token from this page",
    fault("hidden-subject-token"),
    "expose_headers",
  ),
  refused(
    "Password expired",
    "Your password has expired",
    fault("password-expired"),
    "Choose a new one below.",
  ),
  refused("No Keystone", "There is no Keystone at this address", fault("html@all")),
  refused("Keystone in trouble", "Keystone is having problems", fault("503")),
  {
    name: "a slip in config.json is told, and not met with an empty page",
    async run(stage) {
      const page = await (await stage.browser()).newPage();
      await page.route("**/config.json", (route) => route.fulfill({ body: '{ "authUrl": ' }));
      await page.goto(stage.url);
      await problem(page, "This page is not set up").getByText("config.json").waitFor();
      await stage.look(page, "not-set-up");
    },
  },
  {
    name: "an expired password is changed on the spot",
    async run(stage) {
      const { keystone } = stage.env;
      const admin = await asAdmin(keystone);
      const name = `dashboard-expired-${Date.now()}`;
      const { user } = await admin("POST", "/users", {
        user: { name, password: "the-old-one", domain_id: "default" },
      });
      try {
        const page = await (await stage.browser()).newPage();
        // As Keystone answers it; everything after that, the browser does.
        const message = `The password is expired and needs to be changed for user: ${user.id}.`;
        await page.route("**/auth/tokens", (route) =>
          route.request().postData()?.includes("the-old-one")
            ? route.fulfill({
                status: 401,
                json: { error: { code: 401, message, title: "Unauthorized" } },
                headers: { "Access-Control-Allow-Origin": stage.url },
              })
            : route.continue(),
        );
        await page.goto(stage.url);
        await fillIn(page, { name, password: "the-old-one", domain: "Default" });
        await submit(page);
        await problem(page, "Your password has expired").waitFor();
        await until(focused(field(page, "renewed")), "the cursor is where the new one goes");
        await field(page, "renewed").fill("the-new-one");
        await stage.look(page, "change-password");
        await button(page, "Change the password and sign in").click();
        await heading(page, `Welcome, ${name}`).waitFor();
        await login(keystone, { name, password: "the-new-one", domain: "Default" });
      } finally {
        await admin("DELETE", `/users/${user.id}`);
      }
    },
  },
  {
    name: "offline: says so, and goes on when the network is back",
    async run(stage) {
      const context = await stage.browser();
      const page = await context.newPage();
      await page.goto(stage.url);
      await heading(page, "Sign in").waitFor();
      await context.setOffline(true);
      await fillIn(page, accounts.demo);
      await submit(page);
      await problem(page, "You are offline").waitFor();
      await stage.look(page, "offline");
      await context.setOffline(false);
      await field(page, "secret").fill(accounts.demo.password);
      await submit(page);
      await heading(page, "data").waitFor();
    },
  },
  {
    name: "a table that can't be loaded says why, and tries again",
    async run(stage) {
      const context = await stage.browser();
      const page = await signIn(stage, { context, who: accounts.admin });
      await heading(page, "admin").waitFor();
      await context.setOffline(true);
      await page.getByRole("link", { name: "Users" }).click();
      await problem(page, "You are offline").waitFor();
      await stage.look(page, "table-offline");
      await context.setOffline(false);
      await button(page, "Try again").click();
      await page.locator("tbody tr").filter({ hasText: "dora" }).waitFor();
    },
  },
];
