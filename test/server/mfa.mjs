/**
 * A user who needs a password and TOTP: the first method alone gets a receipt, with which the second
 * completes the login.
 */
import { json, unauthorized } from "./reply.mjs";
import { stamp, user } from "./token.mjs";

const required = ["password", "totp"];

/** @type {import("./faults.mjs").Fault} */
export function mfa(call, good) {
  const { headers, body, tag } = call;
  const receipt = `gAAAAAB-receipt-${tag}`;
  const given = headers["openstack-auth-receipt"];
  if (given !== undefined && given !== receipt) return unauthorized(call);
  const { identity } = JSON.parse(body).auth;
  if (identity.totp && identity.totp.user?.passcode !== "123456") return unauthorized(call);
  const methods = given === receipt ? ["password", ...identity.methods] : identity.methods;
  if (required.every((method) => methods.includes(method))) return good();

  // No `error`, and no WWW-Authenticate: the only 401 of Keystone that is not an error.
  const now = Date.now();
  const { password_expires_at: _, ...whose } = user;
  const about = { methods, user: whose, expires_at: stamp(now + 300_000), issued_at: stamp(now) };
  return json(
    401,
    { receipt: about, required_auth_methods: [required] },
    { "Openstack-Auth-Receipt": receipt },
  );
}
