/** Accounts that need a passcode beside the password. */
import { createHmac } from "node:crypto";
import {
  button,
  field,
  fillIn,
  focused,
  heading,
  problem,
  same,
  signedIn,
  submit,
  until,
} from "./hands.mjs";
import { asAdmin } from "./tokens.mjs";

const secret = Buffer.from("12345678901234567890");
/** The same in base 32, as Keystone expects it. */
const blob = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/** RFC 6238, as in an authenticator app. */
function passcode() {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return `${(hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000}`.padStart(6, "0");
}

/** @type {import("./stage.mjs").Check[]} */
export default [
  {
    name: "a passcode is asked for after the password, and again when the time is over",
    async run(stage) {
      const admin = await asAdmin(stage.env.keystone);
      const name = `dashboard-passcode-${Date.now()}`;
      const { user } = await admin("POST", "/users", {
        user: {
          name,
          password: "first",
          domain_id: "default",
          options: {
            multi_factor_auth_enabled: true,
            multi_factor_auth_rules: [["password", "totp"]],
          },
        },
      });
      const { credential } = await admin("POST", "/credentials", {
        credential: { type: "totp", user_id: user.id, blob },
      });
      try {
        const context = await stage.browser();
        await context.clock.install();
        const page = await context.newPage();
        await page.goto(stage.url);
        await fillIn(page, { name, password: "first", domain: "Default" });
        await submit(page);
        await until(focused(field(page, "passcode")), "the cursor is where the passcode goes");
        same(await field(page, "secret").isVisible(), false, "the password is asked for");
        await stage.look(page, "passcode");
        await field(page, "passcode").fill("000000");
        await submit(page);
        await problem(page, "Sign-in failed").getByText("The passcode is wrong").waitFor();
        await stage.look(page, "passcode-wrong");
        await button(page, "Start over").click();
        await field(page, "secret").waitFor();
        same(await page.getByRole("alert").count(), 0, "problems");
        await submit(page);
        await field(page, "passcode").fill(passcode());
        await submit(page);
        await heading(page, `Welcome, ${name}`).waitFor();
        await page.getByText("password, totp").waitFor();
        await context.clock.fastForward("01:00:00");
        const dialog = page.getByRole("dialog", { name: "Your session has ended" });
        await dialog.waitFor();
        await field(page, "secret").fill("first");
        await button(page, "Continue").click();
        await field(page, "passcode").fill(passcode());
        await stage.look(page, "ended-passcode");
        await button(page, "Continue").click();
        await dialog.waitFor({ state: "detached" });
        await signedIn(page);
      } finally {
        await admin("DELETE", `/credentials/${credential.id}`);
        await admin("DELETE", `/users/${user.id}`);
      }
    },
  },
];
