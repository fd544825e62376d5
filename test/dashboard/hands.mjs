/** What a person does, and looks for. */
import { accounts } from "../keystone/accounts.mjs";

/**
 * @typedef {import("playwright").Page} Page
 * @typedef {import("./stage.mjs").Stage} Stage
 * @typedef {{ name: string, password: string, domain: string }} Who
 */

/** @param {Page} page @param {string} name */
export const button = (page, name) => page.getByRole("button", { name, exact: true });

/** @param {Page} page @param {string} name */
export const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });

/** @param {Page} page @param {string} name */
export const field = (page, name) => page.locator(`input[name="${name}"]`);

/** @param {Page} page @param {string} title */
export const problem = (page, title) => page.getByRole("alert", { name: title });

/** The one in the page's header, or on a phone in its menu. @param {Page} page */
export const switcher = (page) =>
  page.locator('input[aria-label="Project or domain"]').filter({ visible: true });

/** @param {import("playwright").Locator} locator */
export const focused = (locator) => () =>
  locator.evaluate((element) => element === document.activeElement);

/**
 * @param {Page} page
 * @param {Who} who
 * @param {{ authUrl?: string }} [options]
 */
export async function fillIn(page, { name, password, domain }, { authUrl } = {}) {
  await field(page, "domain").fill(domain);
  await field(page, "user").fill(name);
  await field(page, "secret").fill(password);
  if (authUrl) await field(page, "authUrl").fill(authUrl);
}

/** @param {Page} page */
export const submit = (page) => button(page, "Sign in").click();

/**
 * Opens the page and signs in, until the first project is shown.
 *
 * @param {Stage} stage
 * @param {{ who?: Who, at?: string, on?: string, authUrl?: string, context?: import("playwright").BrowserContext }} [options]
 *   `at`: the view, by its name in the address
 * @returns {Promise<Page>}
 */
export async function signIn(stage, options = {}) {
  const { who = accounts.demo, at = "overview", authUrl } = options;
  const context = options.context ?? (await stage.browser());
  const page = await context.newPage();
  await page.goto(`${stage.url}/#/${at}`);
  await fillIn(page, who, authUrl ? { authUrl } : {});
  await submit(page);
  await signedIn(page);
  return page;
}

/** @param {Page} page */
export const signedIn = (page) => page.getByRole("button", { name: /^Account of/ }).waitFor();

/** @param {Page} page */
export async function signOut(page) {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await button(page, "Sign out").click();
  await heading(page, "Sign in").waitFor();
}

/** @param {Page} page @param {string} name a project's or domain's */
export async function choose(page, name) {
  await switcher(page).click();
  await page.getByRole("option", { name }).click();
  await until(async () => (await switcher(page).inputValue()) === name, `${name} is chosen`);
}

/**
 * Waits for what no locator can wait for.
 *
 * @param {() => Promise<boolean> | boolean} condition
 * @param {string} what
 * @param {number} [patience] ms
 */
export async function until(condition, what, patience = 20_000) {
  const end = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`It did not come to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** @param {unknown} actual @param {unknown} expected @param {string} what */
export function same(actual, expected, what) {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== should) throw new Error(`${what}: ${is} instead of ${should}`);
}
