/** Getting in, and out. */
import { accounts } from "../keystone/accounts.mjs";
import {
  button,
  field,
  fillIn,
  heading,
  problem,
  same,
  signedIn,
  signIn,
  signOut,
  submit,
  switcher,
  until,
} from "./hands.mjs";
import { expectDead, isGood, watchTokens, withCredential } from "./tokens.mjs";

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "a wrong password says so and leaves the form as it is; the right one lets in",
    async run({ browser, url, look }) {
      const page = await (await browser()).newPage();
      await page.goto(url);
      await heading(page, "Sign in").waitFor();
      await look(page, "sign-in");
      await fillIn(page, { ...accounts.demo, password: "wrong" });
      await submit(page);
      await problem(page, "Sign-in failed").waitFor();
      await look(page, "wrong-password");
      same(await field(page, "user").inputValue(), "demo", "the user in the form");
      await field(page, "secret").fill(accounts.demo.password);
      await submit(page);
      await signedIn(page);
      await heading(page, "data").waitFor();
      await look(page, "overview");
    },
  },
  {
    name: "an application credential lets in to its one project",
    async run({ browser, env, url, look }) {
      await withCredential(env.keystone, async ({ id, secret }) => {
        const context = await browser();
        const tokens = watchTokens(context);
        const page = await context.newPage();
        await page.goto(url);
        await page.getByText("Application credential").click();
        await look(page, "application-credential");
        await field(page, "id").fill(id);
        await field(page, "secret").fill("wrong");
        await submit(page);
        await problem(page, "Sign-in failed").getByText("Check the ID and the secret").waitFor();
        await field(page, "secret").fill(secret);
        await submit(page);
        await heading(page, "web").waitFor();
        same(await switcher(page).count(), 0, "choices of a project");
        await page.getByRole("button", { name: /^Time left on your token/ }).click();
        await page.getByText("Your secret isn't stored").waitFor();
        await page.keyboard.press("Escape");
        await page.reload();
        await heading(page, "web").waitFor();
        await signOut(page);
        same(tokens.size, 1, "tokens");
        await expectDead(env.keystone, tokens);
      });
    },
  },
  {
    name: "signing out revokes every token at the server, and forgets it in the browser",
    async run(stage) {
      const context = await stage.browser();
      const tokens = watchTokens(context);
      const page = await signIn(stage, { context });
      await until(
        () => tokens.size === 2,
        "there are two tokens: the sign-in's, and the project's",
      );
      for (const id of tokens) same(await isGood(stage.env.keystone, id), true, "good before");
      await page.getByRole("button", { name: /^Account of/ }).click();
      await stage.look(page, "account-menu");
      await page.keyboard.press("Escape");
      await signOut(page);
      await expectDead(stage.env.keystone, tokens);
      const kept = await page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
      );
      for (const id of tokens) same(kept.includes(id), false, "a token is still in the browser");
      same(kept.includes(accounts.demo.password), false, "the password is in the browser");
      same(await page.title(), "Sign in · Keystone dashboard", "the title");
      await page.reload();
      await heading(page, "Sign in").waitFor();
    },
  },
  {
    name: "a sign-out that Keystone could not be told of says so",
    async run(stage) {
      const context = await stage.browser();
      const page = await signIn(stage, { context });
      await context.setOffline(true);
      await signOut(page);
      await page.getByText("You are signed out on this device").waitFor();
      await stage.look(page, "not-revoked");
    },
  },
  {
    name: "a reload keeps the sign-in, the view and the project",
    async run(stage) {
      const page = await signIn(stage, { at: "catalog" });
      await heading(page, "Service catalog").waitFor();
      await page.reload();
      await heading(page, "Service catalog").waitFor();
      same(await switcher(page).inputValue(), "data", "the project");
    },
  },
  {
    name: "a user without any role is told what to do",
    async run(stage) {
      const page = await signIn(stage, { who: accounts.loner });
      await heading(page, "Welcome, loner").waitFor();
      await stage.look(page, "no-role");
      same(await button(page, "Sign in").count(), 0, "sign-in forms");
      await page.getByRole("link", { name: "Service catalog" }).click();
      await page.getByText("Only a project or a domain has a service catalog").waitFor();
      await stage.look(page, "catalog-empty");
    },
  },
];
