/** Signing in with a browser: on a static page with a service worker, and at an edge function. */
import assert from "node:assert/strict";
import { checks } from "../examples/check.mjs";
import { signIn, until } from "./browsers.mjs";
import { federation, people } from "./people.mjs";

/**
 * @typedef {object} World
 * @property {string} page the static page's origin
 * @property {readonly string[]} posted what reached its server with another method than GET
 * @property {string} worker the edge function's origin
 * @property {string} keystone
 * @property {string} stranger an origin of somebody else
 * @property {() => Promise<string>} strangersToken a good token of somebody else
 *
 * @typedef {import("./browsers.mjs").Window} Window
 */

const projects = [...federation.projects].sort();
const shown = "document.querySelector('output')?.textContent";

/**
 * The static page. After the first sign-in nobody is asked, since the provider knows the person.
 *
 * @param {Window} window @param {World} world
 */
export function onPage(window, { page, posted, keystone, stranger, strangersToken }) {
  const ready = async () => {
    await window.goTo(`${page}/`);
    await until(window, "document.querySelectorAll('button:enabled').length === 2");
  };
  /** Opens the page and presses one of its buttons. @param {string} id */
  const press = async (id) => {
    await ready();
    await window.run(`document.querySelector("#${id}").click()`);
  };
  const signedIn = async () => {
    assert.equal(await until(window, shown), `alice: ${projects.join(", ")}`);
    // Neither a code nor the posted form is left in the address bar.
    assert.equal(await window.run("location.href"), `${page}/`);
    assert.deepEqual(posted, []);
  };
  return checks({
    async "a page signs a person in with a code and PKCE"() {
      await press("code-flow");
      await signIn(window, "alice", people.alice.password);
      await signedIn();
    },
    async "a static page signs a person in by WebSSO, with a service worker"() {
      await press("web-sso");
      await signedIn();
    },
    async "a service worker refuses a form that another site posts"() {
      await post(window, stranger, `${page}/websso`, await strangersToken());
      const text = await until(window, here("/websso"));
      assert.match(text, /^ResponseError: WebSSO: the form was posted by (\S+), expected/);
      assert.ok(text.includes(stranger) && text.includes(keystone));
      assert.deepEqual(posted, []);
    },
    async "a service worker refuses a form whose sender is hidden"() {
      await post(window, stranger, `${page}/websso`, await strangersToken(), "no-referrer");
      assert.match(await until(window, here("/websso")), /the form was posted by an unknown site/);
      assert.deepEqual(posted, []);
    },
    async "a page refuses a form of Keystone's that its tab did not ask for"() {
      await window.goTo(`${page}/`);
      await window.run(
        `void (location.href = ${JSON.stringify(address(keystone, `${page}/websso`))})`,
      );
      // Firefox may still show the page that is being left, and how its fetch ended.
      await until(window, `${shown} === "Error: This tab did not ask to sign in"`);
      assert.deepEqual(posted, []);
    },
  });
}

/**
 * The edge function, for a person that the provider knows already.
 *
 * @param {Window} window @param {World} world
 */
export function atEdge(window, { worker, keystone, stranger, strangersToken }) {
  const landed = here("/auth/websso");
  const signsIn = async () => {
    await window.goTo(`${worker}/sign-in`);
    const text = await until(window, landed);
    assert.deepEqual(JSON.parse(text), { user: "alice", projects });
  };
  return checks({
    "an edge function signs a person in by WebSSO": signsIn,
    async "an edge function refuses a form that this browser did not ask for, or for the second time"() {
      await window.goTo(address(keystone, `${worker}/auth/websso`));
      assert.match(
        await until(window, landed),
        /did not ask for a login, or has used the answer already/,
      );
    },
    async "an edge function refuses a stranger's form also while a login is under way"() {
      await begin(window, worker);
      await post(window, stranger, `${worker}/auth/websso`, await strangersToken());
      const text = await until(window, landed);
      assert.match(text, /the form was posted by \S+, expected/);
      assert.ok(text.includes(stranger));
      // The login that was begun is over now: it takes a new one.
      await signsIn();
    },
  });
}

/** Keystone's address for WebSSO, as an attacker would make it. @param {string} keystone @param {string} origin */
const address = (keystone, origin) =>
  `${keystone}/v3/auth/OS-FEDERATION/websso/${federation.protocol}?origin=${encodeURIComponent(origin)}`;

/** What is shown at a path, once it is. @param {string} path */
const here = (path) =>
  `location.pathname === "${path}" && document.readyState === "complete" && document.body.innerText`;

/** Begins a login, up to the cookie. @param {Window} window @param {string} worker */
async function begin(window, worker) {
  await window.goTo(`${worker}/`);
  await window.run(`fetch("/sign-in", { redirect: "manual" }).then(() => true)`);
}

/**
 * Has the browser post a form with a token, from a page of somebody else's.
 *
 * @param {Window} window @param {string} from @param {string} to @param {string} token
 * @param {string} [policy] how much the browser reveals of that page
 */
async function post(window, from, to, token, policy = "strict-origin-when-cross-origin") {
  await window.goTo(`${from}/.well-known/openid-configuration`);
  await window.run(`{
    const policy = document.createElement("meta");
    policy.name = "referrer";
    policy.content = ${JSON.stringify(policy)};
    document.head.append(policy);
    const field = document.createElement("input");
    field.name = "token";
    field.value = ${JSON.stringify(token)};
    const form = document.createElement("form");
    form.method = "post";
    form.action = ${JSON.stringify(to)};
    form.append(field);
    document.body.append(form);
    form.submit();
  }`);
}
