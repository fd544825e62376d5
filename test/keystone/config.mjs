import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** @typedef {Record<string, Record<string, string | number | boolean>>} Settings */

/** The origins whose pages may talk to it by default. */
export const ORIGINS = Object.freeze([
  "http://localhost:8000",
  "http://localhost:3000",
  "http://localhost:5173",
  "http://localhost:8080",
]);

const KEYS = ["fernet", "receipt", "credential"];

/**
 * @param {Settings} defaults
 * @param {Settings} [more] wins
 */
export function ini(defaults, more = {}) {
  const sections = new Set([...Object.keys(defaults), ...Object.keys(more)]);
  let text = "";
  for (const section of sections) {
    text += `[${section}]\n`;
    const options = { ...defaults[section], ...more[section] };
    for (const [name, value] of Object.entries(options)) text += `${name} = ${value}\n`;
  }
  return text;
}

/**
 * Writes the configuration where Keystone looks for it by default, below its HOME. If it were passed
 * on the command line, the CORS middleware would not see it and would never send a header.
 *
 * @param {string} dir the sandbox's
 * @param {object} options
 * @param {import("./releases.mjs").Release} options.release
 * @param {string} options.connection
 * @param {readonly string[]} [options.origins]
 * @param {number} [options.expiration]
 * @param {number} [options.passwordHashRounds]
 * @param {Settings} [options.settings]
 */
export async function configureKeystone(dir, options) {
  const { release, origins = ORIGINS, expiration = 3600, passwordHashRounds = 4 } = options;
  const methods = ["password", "token", "application_credential", "totp", "external"];
  // Without it, a newer Keystone answers 503 to a login with EC2 credentials.
  if (release.keystone >= 30) methods.push("ec2credential");
  const keys = join(dir, "keys");
  const text = ini(
    {
      database: { connection: options.connection },
      // In the memory of the process, which is why there is only one worker: a login takes 15 ms
      // instead of 280.
      cache: { enabled: true, backend: "oslo_cache.dict" },
      auth: { methods: methods.join(",") },
      identity: { password_hash_rounds: passwordHashRounds },
      token: { expiration, allow_expired_window: 172800 },
      cors: { allowed_origin: origins.join(",") },
      fernet_tokens: { key_repository: join(keys, "fernet"), max_active_keys: 3 },
      fernet_receipts: { key_repository: join(keys, "receipt"), max_active_keys: 3 },
      // It decrypts cached entries in place, so with a cache in memory it fails the second time.
      credential: { key_repository: join(keys, "credential"), caching: false },
    },
    options.settings,
  );
  await mkdir(join(dir, "home/.keystone"), { recursive: true });
  await writeFile(join(dir, "home/.keystone/keystone.conf"), text);
}

/**
 * Makes the keys of tokens, receipts and credentials, replacing existing ones: `keystone-manage
 * fernet_setup` and the like would take three times three seconds.
 *
 * @param {string} dir the sandbox's
 * @param {readonly string[]} [repositories]
 */
export async function createKeys(dir, repositories = KEYS) {
  for (const name of repositories) {
    const repository = join(dir, "keys", name);
    await rm(repository, { recursive: true, force: true });
    // Keystone warns with each request about a repository that others may read.
    await mkdir(repository, { recursive: true, mode: 0o700 });
    for (const index of ["0", "1"]) {
      // Fernet wants the padding that "base64url" leaves out.
      const key = `${randomBytes(32).toString("base64url")}=`;
      await writeFile(join(repository, index), key, { mode: 0o600 });
    }
  }
}
