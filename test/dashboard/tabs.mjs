/** Two tabs of one browser. */
import { accounts } from "../keystone/accounts.mjs";
import {
  choose,
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
import { answer } from "./time.mjs";
import { expectDead, watchTokens } from "./tokens.mjs";

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "one sign-in is for all tabs, each has a project of its own, one sign-out is for all",
    async run(stage) {
      const context = await stage.browser();
      const tokens = watchTokens(context);
      const waiting = await context.newPage();
      await waiting.goto(`${stage.url}/#/catalog`);
      await heading(waiting, "Sign in").waitFor();
      const first = await signIn(stage, { context });
      await heading(waiting, "Service catalog").waitFor();
      await choose(waiting, "web");
      same(await switcher(first).inputValue(), "data", "the project of the first tab");
      const third = await context.newPage();
      await third.goto(stage.url);
      await heading(third, "web").waitFor();
      await signOut(waiting);
      for (const tab of [first, third]) await heading(tab, "Sign in").waitFor();
      await until(() => tokens.size >= 5, "a token for the sign-in and for each project");
      await expectDead(stage.env.keystone, tokens);
    },
  },
  {
    name: "the password given in one tab is enough for all",
    async run(stage) {
      const context = await stage.browser();
      await context.clock.install();
      const tabs = [await signIn(stage, { context, at: "catalog" }), await context.newPage()];
      await tabs[1]?.goto(`${stage.url}/#/catalog`);
      for (const tab of tabs) await signedIn(tab);
      await context.clock.fastForward("01:00:00");
      const dialogs = tabs.map((tab) =>
        tab.getByRole("dialog", { name: "Your session has ended" }),
      );
      for (const dialog of dialogs) await dialog.waitFor();
      const [first, second] = tabs;
      if (!first || !second) throw new Error("There are no two tabs.");
      await answer(second, "wrong");
      await problem(second, "Sign-in failed").waitFor();
      await answer(first, accounts.demo.password);
      for (const dialog of dialogs) await dialog.waitFor({ state: "detached" });
      for (const tab of tabs) await choose(tab, "web");
      await context.clock.fastForward("01:00:00");
      for (const dialog of dialogs) await dialog.waitFor();
      same(await second.getByRole("alert").count(), 0, "what went wrong the last time");
    },
  },
  {
    name: "a sign-in to another Keystone in another tab is followed, too",
    async run(stage) {
      const context = await stage.browser();
      const waiting = await context.newPage();
      await waiting.goto(stage.url);
      await heading(waiting, "Sign in").waitFor();
      const page = await context.newPage();
      await page.goto(stage.url);
      // The same Keystone under another address.
      await fillIn(page, accounts.demo, { authUrl: stage.env.keystone });
      await submit(page);
      for (const tab of [page, waiting]) await signedIn(tab);
    },
  },
];
