#!/usr/bin/env node
import { once } from "node:events";
import { parseArgs } from "node:util";
import { accounts } from "./accounts.mjs";
import { ORIGINS } from "./config.mjs";
import { startKeystone } from "./keystone.mjs";
import { releaseOf, releases } from "./releases.mjs";
import { renewPin } from "./root.mjs";

const HELP = `Starts a real Keystone and a Placement with accounts to try, until Ctrl-C.

  --release NAME        ${releases.map((one) => one.name).join(", ")}; default: zed, which Debian 12 has. The others
                        are fetched from Debian's archive (80 MB), and not installed
  --pin                 starts nothing: pins that release to the packages that the archive has today
  --port N              Keystone's port; default: a free one
  --expiration SECONDS  a token's life; default: 3600
  --origin URL          a web page's origin that may talk to them; may be given again, or be "*";
                        default: ${ORIGINS.join(" ")}
  --help                this text

It runs on Debian 12 and alike, and installs the packages it needs (as root or with sudo).
With KEYSTONE_URL and KEYSTONE_ADMIN_PASSWORD set, it starts nothing: it brings the accounts into
that Keystone. KEYSTONE_ADMIN_USER, KEYSTONE_ADMIN_PROJECT and KEYSTONE_ADMIN_DOMAIN default to
admin, admin and Default. KEYSTONE_RELEASE says what release it is; zed where not.`;

const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);

/** @returns {(import("./keystone.mjs").Options & { pin: boolean }) | undefined} undefined: only help was wanted */
function options() {
  const { values } = parseArgs({
    options: {
      release: { type: "string" },
      pin: { type: "boolean" },
      port: { type: "string" },
      expiration: { type: "string" },
      origin: { type: "string", multiple: true },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return undefined;
  return {
    release: releaseOf(values.release).name,
    pin: values.pin ?? false,
    origins: values.origin?.map(origin),
    expiration: integer("--expiration", values.expiration),
    port: integer("--port", values.port),
    onProgress: say,
  };
}

/**
 * As a browser sends it: with a slash at its end it would never match, without any error.
 *
 * @param {string} text
 */
function origin(text) {
  if (text === "*") return text;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Error(`--origin wants something like http://localhost:8000, not "${text}"`);
  }
  return new URL(text).origin;
}

/**
 * @param {string} name
 * @param {string | undefined} text
 */
function integer(name, text) {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`${name} wants a whole number, not "${text}"`);
  return Number(text);
}

/** @param {import("./keystone.mjs").TestKeystone} keystone */
function describe({ own, version, url, placementUrl, admin }) {
  const users = Object.values(accounts)
    .filter((account) => own || (account !== accounts.admin && account !== accounts.placement))
    .map(({ name, password, domain, grants, about }) => [
      name,
      password,
      domain,
      grants
        .map((grant) => `${grant.role} on ${grant.project ?? `domain ${grant.domain}`}`)
        .join(", ") || "-",
      about,
    ]);
  const { name, password, domain } = accounts.demo;
  return `
Keystone   ${url}/v3, version ${version}
Placement  ${placementUrl ?? "-"}
Admin      ${admin.name} of ${admin.domain}, on the project ${admin.project}

${table([["user", "password", "domain", "roles", "about"], ...users])}

For the command line:

  export OS_AUTH_URL=${url}/v3 OS_IDENTITY_API_VERSION=3
  export OS_USERNAME=${name} OS_PASSWORD=${password} OS_USER_DOMAIN_NAME=${domain}
  export OS_PROJECT_NAME=web OS_PROJECT_DOMAIN_NAME=${domain}
  openstack token issue
`;
}

/** @param {string[][]} rows */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

async function main() {
  const wanted = options();
  if (wanted === undefined) {
    say(HELP);
    return;
  }
  if (wanted.pin) return renewPin(releaseOf(wanted.release), say);
  const keystone = await startKeystone(wanted);
  say(describe(keystone));
  if (!keystone.own) return;
  // Up to here, a signal ends this process as usual, and the sandbox cleans up.
  say("Ctrl-C ends it.");
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), once(process, "SIGHUP")]);
  say("Stopping …");
  await keystone.stop();
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
