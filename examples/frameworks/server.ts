import { type Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { html } from "hono/html";
import { createSession, isKeystoneError, password, type Session } from "keystone-fetch";

/** Only this server gets the cookie, only over https, and no script of the page can read it. */
const cookie = "token";
const attributes = { prefix: "host", httpOnly: true, secure: true, sameSite: "Lax" } as const;

/** Browsers limit a cookie to 4096 bytes, with its name and attributes. */
const longest = 3800;

/**
 * A server that renders pages for the users of a cloud. It keeps nothing: the browser has the token's
 * id in a cookie, and each request gets a session of its own.
 */
export function createApp(authUrl: string): Hono {
  const app = new Hono();
  // No other site may log anybody in or out.
  app.use(csrf());

  app.get("/", async (c) => {
    const session = sessionOf(c, authUrl);
    if (!session) return c.html(loginPage(""));
    try {
      const { user } = await session.token();
      const projects = await session.projects();
      return c.html(html`
        <h1>${user.name}</h1>
        <ul>${projects.map(({ name }) => html`<li>${name}</li>`)}</ul>
        <form method="post" action="/logout"><button>Log out</button></form>
      `);
    } catch (error) {
      return failed(c, error);
    }
  });

  app.post("/login", async (c) => {
    const { name = "", domain = "Default", secret = "" } = await c.req.parseBody<Fields>();
    try {
      const auth = password({ name, domain: { name: domain }, password: secret });
      const { id, expiresAt } = await createSession({ authUrl, auth }).token();
      if (id.length > longest) return c.text("This cloud's tokens do not fit into a cookie", 500);
      setCookie(c, cookie, id, { ...attributes, expires: expiresAt });
      return c.redirect("/", 303);
    } catch (error) {
      return failed(c, error);
    }
  });

  app.post("/logout", async (c) => {
    // A token that has already ended, or can't be revoked now, is forgotten all the same.
    await sessionOf(c, authUrl)?.revoke().catch(ignore);
    deleteCookie(c, cookie, attributes);
    return c.redirect("/", 303);
  });

  return app;
}

type Fields = Record<"name" | "domain" | "secret", string>;

/** It acts for the caller with the caller's token, and is never renewed: it has no credentials. */
function sessionOf(c: Context, authUrl: string): Session | undefined {
  const token = getCookie(c, cookie, attributes.prefix);
  return token ? createSession({ authUrl, token }) : undefined;
}

/** To the login, if the user's token is not accepted. */
function failed(c: Context, error: unknown) {
  if (!isKeystoneError(error)) throw error;
  if (error.code !== "Unauthorized" && error.code !== "InvalidToken") {
    console.error(error.message);
    return c.text("The cloud does not answer", 503);
  }
  deleteCookie(c, cookie, attributes);
  return c.html(loginPage("Please log in"), 401);
}

function loginPage(message: string) {
  return html`
    <p>${message}</p>
    <form method="post" action="/login">
      <input name="name" autocomplete="username" required />
      <input name="secret" type="password" autocomplete="current-password" required />
      <button>Log in</button>
    </form>
  `;
}

function ignore(): void {}
