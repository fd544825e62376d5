import { expect } from "../expect.ts";

/** Ten minutes, in milliseconds: as long as signing in at the provider may take. */
const life = 600_000;
const key = "keystone-fetch:websso";

/** A note that can be left, and taken once. */
export interface WebSsoNote {
  /** Right before the browser is sent to `webSso()`. */
  readonly leave: () => void;
  /** Whether it was left within the last ten minutes; removes it. */
  readonly take: () => boolean;
}

/**
 * Notes in a tab's own `sessionStorage` that this tab asked for a login: for a static page.
 *
 * @throws {OptionsError} if it is not a Storage.
 * @example
 * webSsoNote(sessionStorage).leave();
 * location.assign(webSso({ authUrl, protocol: "openid", origin }));
 * // Back again, on the page that the service worker returned:
 * if (!webSsoNote(sessionStorage).take()) throw new Error("This tab asked for no login");
 */
export function webSsoNote(
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
): WebSsoNote {
  expect(typeof storage?.getItem === "function", "webSsoNote", "a Storage: sessionStorage");
  return Object.freeze({
    leave: () => storage.setItem(key, String(Date.now())),
    take: () => {
      const left = storage.getItem(key);
      storage.removeItem(key);
      if (left === null) return false;
      const age = Date.now() - Number(left);
      return age >= 0 && age < life;
    },
  });
}
