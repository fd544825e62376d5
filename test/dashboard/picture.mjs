/** Makes the picture in README.md again. */
import { accounts } from "../keystone/accounts.mjs";
import { heading, signIn } from "./hands.mjs";

/**
 * @param {string} path
 * @returns {import("./stage.mjs").Check}
 */
export const picture = (path) => ({
  name: "the picture in README.md",
  async run(stage) {
    const context = await stage.browser({ viewport: { width: 1200, height: 680 } });
    const page = await signIn(stage, { context, who: accounts.admin, at: "catalog" });
    await heading(page, "Service catalog").waitFor();
    await page.locator("main section").last().waitFor();
    await page.screenshot({ path });
  },
});
