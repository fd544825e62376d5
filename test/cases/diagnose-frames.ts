/** `diagnose()` in pages of another origin than the suite's: frames in it (diagnose-frame.mjs). */
import { assert } from "chai";
import type { Diagnosis } from "keystone-fetch";
import { type Case, type Env, pages } from "../case.ts";

/** What a page of another origin finds out about an address. */
async function inFrame(
  { diagnose: servers }: Env,
  url: string,
  { csp, sandbox }: { csp?: string; sandbox?: string } = {},
): Promise<Diagnosis> {
  const address = new URL(`${servers?.frames}/frame`);
  // Unique, to distinguish this frame from those of cases beside this one.
  const asked = new URL(url);
  address.searchParams.set("url", asked.href);
  const id = crypto.randomUUID();
  address.searchParams.set("id", id);
  if (csp) address.searchParams.set("csp", csp);
  const frame = document.createElement("iframe");
  if (sandbox) frame.setAttribute("sandbox", sandbox);
  frame.src = address.href;
  const told = new Promise<{ found?: Diagnosis; error?: string }>((resolve) => {
    addEventListener("message", ({ source, data }) => {
      if (source === frame.contentWindow) resolve(data);
    });
  });
  document.body.append(frame);
  const { found, error } = await told;
  frame.remove();
  if (!found) throw new Error(error);
  return found;
}

const cases: readonly Case[] = [
  {
    name: "diagnose() of the real Keystone from an origin that it does not allow: cors-origin",
    only: pages,
    async run(env) {
      for (const path of ["", "/v3"]) {
        const { code, message, setting, certain } = await inFrame(env, `${env.keystone}${path}`);
        assert.equal(code, "cors-origin", message);
        assert.equal(setting, `[cors] allowed_origin = ${env.diagnose?.frames}`);
        assert.include(message, `${env.diagnose?.frames}`);
        assert.isFalse(certain);
      }
    },
  },
  {
    name: "diagnose() in a page whose Content-Security-Policy forbids the connection: blocked",
    only: pages,
    async run(env) {
      const url = `${env.diagnose?.healthy}`;
      const csp = "connect-src 'self'";
      const { code, message } = await inFrame(env, url, { csp });
      assert.equal(code, "blocked", message);
      assert.include(message, `add ${url} to connect-src`);
      // What is allowed is not reported as blocked.
      const allowed = await inFrame(env, url, { csp: `${csp} ${url}` });
      assert.equal(allowed.code, "ok", allowed.message);
      const refused = await inFrame(env, env.closed, { csp: `${csp} ${env.closed}` });
      assert.equal(refused.code, "unreachable", refused.message);
    },
  },
  {
    name: "diagnose() in a page without an origin: no setting can name it",
    only: pages,
    async run(env) {
      const url = `${env.diagnose?.["no-cors"]}`;
      const found = await inFrame(env, url, { sandbox: "allow-scripts" });
      assert.equal(found.code, "cors-origin", found.message);
      assert.notProperty(found, "setting");
      assert.match(found.message, /has no origin/);
    },
  },
];

export default cases;
