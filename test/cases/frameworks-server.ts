/** The server of examples/frameworks: a session for each request, from the token in a cookie. */
import { assert } from "chai";
import { createApp } from "../../examples/frameworks/server.ts";
import type { Case, Env } from "../case.ts";
import { assertHides } from "../fixtures/failures.ts";
import { servers } from "../fixtures/guard.ts";

/** A browser that keeps one cookie. */
function browser(authUrl: string) {
  const app = createApp(authUrl);
  let jar = "";
  const visit = async (path: string, form?: Record<string, string>, origin = own) => {
    const headers = { ...(jar && { Cookie: jar }), ...(form && { Origin: origin }) };
    const sent = form && { method: "POST", body: new URLSearchParams(form) };
    const response = await app.fetch(new Request(`${own}${path}`, { ...sent, headers }));
    const set = response.headers.get("Set-Cookie");
    if (set !== null) jar = /Max-Age=0/.test(set) ? "" : (set.split(";")[0] ?? "");
    return { status: response.status, set, text: await response.text() };
  };
  return { visit, jar: () => jar };
}

const own = "https://dashboard.example";

const cases: readonly Case[] = [
  {
    name: "a user logs in, sees their projects, and logs out; only the cookie has the token",
    only: servers,
    async run(env: Env) {
      const { name, password: secret } = env.accounts.demo;
      const { visit, jar } = browser(`${env.keystone}/v3`);
      assert.include((await visit("/")).text, "/login");
      const login = await visit("/login", { name, secret });
      assert.equal(login.status, 303, login.text);
      assert.match(login.set ?? "", /^__Host-token=gAAAA.*; HttpOnly; Secure; SameSite=Lax$/);
      assert.isBelow(login.set?.length ?? 0, 4096);
      const { text } = await visit("/");
      assert.include(text, "<h1>demo</h1>");
      assert.include(text, "<li>web</li>");
      assertHides(text, secret, jar());
      const before = jar();
      await visit("/logout", {});
      assert.equal(jar(), "");
      // It was revoked, so a kept copy is useless.
      const app = createApp(`${env.keystone}/v3`);
      const late = await app.fetch(new Request(own, { headers: { Cookie: before } }));
      assert.equal(late.status, 401);
    },
  },
  {
    name: "a wrong password, a form of another site, and a cloud that is away get no cookie",
    only: servers,
    async run(env: Env) {
      const { name, password: secret } = env.accounts.demo;
      const { visit, jar } = browser(`${env.keystone}/v3`);
      assert.equal((await visit("/login", { name, secret: "wrong" })).status, 401);
      const foreign = await visit("/login", { name, secret }, "https://evil.example");
      assert.equal(foreign.status, 403);
      assert.equal(jar(), "");
      const away = browser(`${env.closed}/v3`);
      assert.equal((await away.visit("/login", { name, secret })).status, 503);
      assert.equal(away.jar(), "");
    },
  },
];

export default cases;
