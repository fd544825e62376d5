/** A person at the provider's pages without a browser: forms, cookies and redirects by hand. */

/**
 * Opens a page of the provider, signs in, and presses every button until there is none left.
 *
 * @param {string} url @param {string} username @param {string} password
 * @returns {Promise<string>} the last page
 */
export async function approve(url, username, password) {
  /** @type {Map<string, string>} */
  const cookies = new Map();
  /** @param {string} address @param {URLSearchParams} [form] */
  const open = async (address, form) => {
    const response = await fetch(address, {
      method: form ? "POST" : "GET",
      headers: { Cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
      body: form ?? null,
      redirect: "manual",
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("Location");
    if (location) return open(new URL(location, address).href);
    return { address, html: await response.text() };
  };
  let { address, html } = await open(url);
  for (let pages = 0; pages < 5; pages++) {
    const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
    if (!action) break;
    const form = new URLSearchParams();
    for (const [field] of html.matchAll(/<input[^>]*>/g)) {
      const name = /name="([^"]+)"/.exec(field)?.[1];
      if (name) form.set(name, /value="([^"]*)"/.exec(field)?.[1] ?? "");
    }
    if (form.has("password")) {
      form.set("username", username);
      form.set("password", password);
    }
    form.delete("abort");
    ({ address, html } = await open(new URL(action, address).href, form));
  }
  return html;
}
