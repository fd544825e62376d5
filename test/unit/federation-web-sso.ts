/** The address of WebSSO, and the form that comes back: which are taken, and which are not. */
import { assert } from "chai";
import { OptionsError, ResponseError } from "../../src/errors.ts";
import {
  readWebSso,
  type WebSsoChecks,
  webSso,
  webSsoCookie,
  webSsoNote,
} from "../../src/federation/index.ts";
import type { Case, Runtime } from "../case.ts";
import { outcome } from "../federation/outcome.ts";

const authUrl = "https://keystone.example/identity/v3";
const origin = "https://app.example/auth/websso/";
const token = `gAAAA${"x".repeat(263)}`;

/** Runtimes in which a Request may have any header: a page may set neither Origin nor Cookie. */
const servers: readonly Runtime[] = ["node", "deno", "workerd", "bun", "edge"];

const form = (...tokens: readonly string[]): FormData => {
  const data = new FormData();
  for (const one of tokens) data.append("token", one);
  return data;
};

const posted = (headers: Record<string, string> = {}, body = `token=${token}`): Request =>
  new Request(origin, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body,
  });

/** Checks that a form is refused, and its token is not repeated. */
async function assertRefused(what: Request | FormData, checks?: WebSsoChecks): Promise<string> {
  const error = await outcome(readWebSso(what, checks));
  assert.instanceOf(error, ResponseError);
  const { message, stack = "" } = error as ResponseError;
  assert.notInclude(message + stack, token);
  return message;
}

const cases: readonly Case[] = [
  {
    name: "the address names the protocol, or the provider as well, and the origin as it is",
    run() {
      const one = webSso({ authUrl, protocol: "openid", origin });
      assert.instanceOf(one, URL);
      const encoded = "origin=https%3A%2F%2Fapp.example%2Fauth%2Fwebsso%2F";
      const base = `${authUrl}/auth/OS-FEDERATION`;
      assert.equal(one.href, `${base}/websso/openid?${encoded}`);
      const other = webSso({ authUrl, identityProvider: "my idp", protocol: "openid", origin });
      const path = "identity_providers/my%20idp/protocols/openid/websso";
      assert.equal(other.href, `${base}/${path}?${encoded}`);
      // Equal to a URL, but not to Keystone.
      const odd = "https://App.example:443/websso";
      const third = webSso({ authUrl, protocol: "openid", origin: odd });
      assert.equal(third.searchParams.get("origin"), odd);
    },
  },
  {
    name: "an address without a version is one of Identity v3",
    run() {
      for (const url of ["https://k.example", "https://k.example/", "https://k.example/v3/"]) {
        const { pathname } = webSso({ authUrl: url, protocol: "openid", origin });
        assert.equal(pathname, "/v3/auth/OS-FEDERATION/websso/openid");
      }
      const capital = webSso({ authUrl: "https://k.example/V3", protocol: "openid", origin });
      assert.equal(capital.pathname, "/V3/auth/OS-FEDERATION/websso/openid");
    },
  },
  {
    name: "an option that is missing or wrong is named",
    run() {
      const good = { authUrl, identityProvider: "idp", protocol: "openid", origin };
      const wrong = {
        authUrl: ["", "keystone", "https://keystone.example/v2.0", undefined],
        identityProvider: ["", "..", "a/b"],
        protocol: ["", ".", "a/b", undefined],
        origin: ["", "/websso", undefined],
      };
      for (const [name, values] of Object.entries(wrong)) {
        for (const value of values) {
          const options = { ...good, [name]: value };
          assert.throws(() => webSso(options), OptionsError, `webSso.${name}:`);
        }
      }
    },
  },
  {
    name: "the token is read from a request and from a form",
    async run() {
      assert.equal(await readWebSso(posted()), token);
      assert.equal(await readWebSso(form(token)), token);
      assert.equal(await readWebSso(form(token), { pending: true }), token);
    },
  },
  {
    name: "what is no form with one token is refused",
    async run() {
      for (const tokens of [[], [""], [token, token], ["two words"], ["a\nb"]]) {
        await assertRefused(form(...tokens));
      }
      const file = new FormData();
      file.append("token", new Blob([token]), "token.txt");
      await assertRefused(file);
      await assertRefused(posted({}, "id=1"));
      await assertRefused(posted({ "Content-Type": "text/plain" }));
      await assertRefused(new Request(`${origin}?token=${token}`));
      const used = posted();
      await used.text();
      await assertRefused(used);
    },
  },
  {
    name: "a login that this browser did not ask for is refused",
    async run() {
      for (const pending of [false, undefined]) {
        assert.match(await assertRefused(form(token), { pending }), /did not ask for a login/);
        await assertRefused(posted(), { pending });
      }
    },
  },
  {
    name: "checks that are none are told",
    async run() {
      for (const checks of [null, token, { authURL: authUrl }, { authUrl, pendng: true }]) {
        const error = await outcome(readWebSso(form(token), checks as unknown as WebSsoChecks));
        assert.instanceOf(error, OptionsError);
        assert.equal(
          (error as OptionsError).message,
          "readWebSso checks: expected { authUrl, pending }",
        );
      }
    },
  },
  {
    name: "a form that another site posted is refused, and one of Keystone's is not",
    only: servers,
    async run() {
      const keystone = "https://keystone.example";
      const good: Record<string, string>[] = [
        { Origin: keystone },
        { Origin: keystone, Referer: "https://evil.example/" },
        { Referer: `${keystone}/` },
        { Referer: `${keystone}/identity/v3/auth` },
      ];
      for (const headers of good) {
        assert.equal(await readWebSso(posted(headers), { authUrl }), token);
      }
      const forged: Record<string, string>[] = [
        { Origin: "https://evil.example" },
        { Origin: "https://evil.example", Referer: `${keystone}/` },
        { Origin: "null", Referer: `${keystone}/` },
        { Origin: "http://keystone.example" },
        { Origin: "https://keystone.example.evil" },
        { Origin: "https://keystone.example:8443" },
        { Referer: `https://evil.example/${keystone}/` },
        { Referer: `https://keystone.example@evil.example/` },
        {},
      ];
      for (const headers of forged) {
        const message = await assertRefused(posted(headers), { authUrl });
        assert.include(message, keystone);
      }
    },
  },
  {
    name: "an authUrl that is undefined, as from an unset variable, is not any site",
    only: servers,
    async run() {
      const checks = { authUrl: undefined, pending: true };
      const error = await outcome(readWebSso(posted({ Origin: "https://evil.example" }), checks));
      assert.instanceOf(error, OptionsError);
      assert.match((error as OptionsError).message, /^readWebSso\.authUrl: /);
    },
  },
  {
    name: "where a form came from can't be told of FormData",
    async run() {
      const error = await outcome(readWebSso(form(token), { authUrl }));
      assert.instanceOf(error, OptionsError);
      assert.match(error.message, /^readWebSso\.authUrl: can't be checked/);
      assert.instanceOf(await outcome(readWebSso(undefined as never)), OptionsError);
    },
  },
  {
    name: "the cookie is in what the browser posts once, until it is cleared",
    only: servers,
    run() {
      const set = webSsoCookie.set();
      const [pair = ""] = set.split(";");
      for (const attribute of ["Path=/", "Secure", "HttpOnly", "SameSite=None", "Max-Age=600"]) {
        assert.include(set.split("; "), attribute);
      }
      assert.match(pair, /^__Host-/);
      assert.isTrue(webSsoCookie.isIn(posted({ Cookie: pair })));
      assert.isTrue(webSsoCookie.isIn(posted({ Cookie: `a=1; ${pair}; b=2` })));
      assert.isFalse(webSsoCookie.isIn(posted()));
      assert.isFalse(webSsoCookie.isIn(posted({ Cookie: `x${pair}` })));
      const [name] = pair.split("=");
      assert.match(webSsoCookie.clear(), new RegExp(`^${name}=;.*Max-Age=0$`));
    },
  },
  {
    name: "a note is taken once, and only for ten minutes",
    run() {
      const map = new Map<string, string>();
      const note = webSsoNote({
        getItem: (key) => map.get(key) ?? null,
        setItem: (key, value) => void map.set(key, value),
        removeItem: (key) => void map.delete(key),
      });
      assert.isFalse(note.take());
      note.leave();
      assert.isTrue(note.take());
      assert.isFalse(note.take());
      note.leave();
      const [[key, left]] = [...map] as [[string, string]];
      for (const time of [Number(left) - 601_000, Number(left) + 60_000, "soon"]) {
        map.set(key, String(time));
        assert.isFalse(note.take());
      }
      assert.throws(() => webSsoNote(undefined as never), OptionsError, "webSsoNote:");
    },
  },
];

export default cases;
