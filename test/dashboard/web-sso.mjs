/** Signing in at an identity provider, by a federated Keystone. */
import { button, heading, problem, same, signedIn, signOut, until } from "./hands.mjs";
import { expectDead } from "./tokens.mjs";

/** What the page's configuration names. */
export const provider = Object.freeze({
  title: "Example ID",
  identityProvider: "idp",
  protocol: "openid",
});

const withProvider = `Sign in with ${provider.title}`;

/**
 * @param {object} world
 * @param {{ name: string, password: string }} world.person whom the provider knows
 * @param {string} world.stranger an origin of somebody else
 * @param {() => Promise<string>} world.strangersToken
 * @returns {import("./stage.mjs").Check[]}
 */
export function webSsoChecks({ person, stranger, strangersToken }) {
  /** @param {import("playwright").Page} page */
  async function signInAtProvider(page) {
    await page.locator("input[name=username]").fill(person.name);
    await page.locator("input[name=password]").fill(person.password);
    await page.locator("button").first().click();
    await signedIn(page);
  }

  return [
    {
      name: "the provider of the page's configuration signs a person in, and again at the end of the token",
      async run(stage) {
        const context = await stage.browser();
        await context.clock.install();
        /** Tokens that the page gave back. @type {Set<string>} */
        const revoked = new Set();
        context.on("request", (request) => {
          const id = request.headers()["x-subject-token"];
          if (request.method() === "DELETE" && id) revoked.add(id);
        });
        const page = await context.newPage();
        await page.goto(`${stage.url}/#/catalog`);
        await heading(page, "Sign in").waitFor();
        await stage.look(page, "sign-in-providers");
        await button(page, withProvider).click();
        await signInAtProvider(page);
        await heading(page, "Service catalog").waitFor();
        same(page.url().startsWith(`${stage.url}/#/catalog?project=`), true, "back where one was");
        await until(() => revoked.size === 1, "the token that came with the form is given back");
        await expectDead(stage.env.keystone, revoked);
        await page.reload();
        await heading(page, "Service catalog").waitFor();

        await context.clock.fastForward("01:00:00");
        const dialog = page.getByRole("dialog", { name: "Your session has ended" });
        await dialog.getByText(person.name).waitFor();
        await stage.look(page, "ended-provider");
        // The provider still knows who it is.
        await dialog.getByRole("button", { name: withProvider }).click();
        await until(() => revoked.size === 2, "there is a new token");
        await heading(page, "Service catalog").waitFor();
        same(await dialog.count(), 0, "questions");
        await signOut(page);
        await expectDead(stage.env.keystone, revoked);
        same(await page.evaluate(() => sessionStorage.length), 1, "what is left in the tab");
      },
    },
    {
      name: "a form that another site posts is refused",
      async run(stage) {
        const page = await (await stage.browser()).newPage();
        await page.goto(stage.url);
        await button(page, withProvider).click();
        await page.locator("input[name=username]").waitFor();
        await page.goto(`${stranger}/.well-known/openid-configuration`);
        await page.evaluate(
          ([action, token]) => {
            const form = document.createElement("form");
            const field = document.createElement("input");
            Object.assign(form, { method: "post", action });
            Object.assign(field, { name: "token", value: token });
            form.append(field);
            document.body.append(form);
            form.submit();
          },
          [`${stage.url}/websso`, await strangersToken()],
        );
        await problem(page, "That sign-in was refused").getByText(stranger).waitFor();
        await stage.look(page, "provider-refused");
        same(page.url(), `${stage.url}/`, "the address");
      },
    },
  ];
}
