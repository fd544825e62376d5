#!/usr/bin/env node
import { parseArgs } from "node:util";
import { isKeystoneError } from "keystone-fetch";
import { accounts } from "../test/keystone/accounts.mjs";
import { ORIGINS } from "../test/keystone/config.mjs";
import { startKeystone } from "../test/keystone/keystone.mjs";
import { releases } from "../test/keystone/releases.mjs";
import { serveDashboard } from "./dashboard/serve.mjs";
import { dashboardPort } from "./demo/dashboard-port.mjs";
import { bold, dim, say, table } from "./demo/print.mjs";
import { createProgress } from "./demo/progress.mjs";
import { walk } from "./demo/walk.mjs";

const known = releases.map((release) => release.name).join(", ");

const HELP = `Starts a real Keystone and Placement, walks with keystone-fetch from login to sign-out, and keeps
the servers until Ctrl-C, with the dashboard of examples/dashboard beside them, so that you can try
things yourself.

  npm start                        all of that
  npm start -- --once              without the last part: it ends after the walk
  npm start -- --expiration 60     with tokens of a minute, to see one expire in the dashboard
  npm start -- --release 2026.2    with another Keystone than Debian 12's: ${known}
  npm start -- --help              this text

It runs on Debian 12 and alike, and installs the packages it needs (as root or with sudo).
With KEYSTONE_URL and KEYSTONE_ADMIN_PASSWORD set, it uses that Keystone and brings the demo accounts
into it; PLACEMENT_URL is its Placement. KEYSTONE_ADMIN_USER, KEYSTONE_ADMIN_PROJECT and
KEYSTONE_ADMIN_DOMAIN default to admin, admin and Default.`;

const progress = createProgress();
/** @type {import("../test/keystone/keystone.mjs").TestKeystone | undefined} */
let server;
/** @type {Awaited<ReturnType<typeof serveDashboard>> | undefined} */
let dashboard;
let interrupted = false;
let waiting = false;

for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })) {
  process.once(signal, async () => {
    interrupted = true;
    const exitCode = waiting ? 0 : code;
    progress.stop();
    say("\nStopping …");
    // A server that is still starting is cleaned up when this process ends.
    await Promise.all([dashboard?.stop(), server?.stop()]);
    process.exit(exitCode);
  });
}
// Someone who reads only the beginning, as `head` does, wants no stack trace for the rest.
process.stdout.on("error", () => process.exit(0));

main().catch(async (error) => {
  // Whatever was stopped looks like a failure.
  if (interrupted) return;
  process.exitCode = 1;
  progress.stop();
  const name = isKeystoneError(error) ? `${error.name}: ` : "";
  process.stderr.write(`\n${name}${error.message}\n`);
  await server?.stop();
});

async function main() {
  const { values } = parseArgs({
    options: {
      once: { type: "boolean" },
      release: { type: "string" },
      expiration: { type: "string", default: "3600" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return say(HELP);
  const expiration = Number(values.expiration);
  if (!Number.isInteger(expiration) || expiration < 30) {
    throw new Error("--expiration: expected whole seconds, 30 or more");
  }

  say(`${bold("keystone-fetch")}: from login to sign-out at a real Keystone\n`);
  const port = await dashboardPort(ORIGINS);
  const origins = [...new Set([...ORIGINS, `http://localhost:${port}`])];
  const { release } = values;
  server = await startKeystone({ release, origins, expiration, onProgress: progress.tell });
  const { own, url, stop } = server;
  progress.done(`${own ? "Running" : "Found"} at ${url}`);
  await walk(server);
  if (interrupted) return;

  waiting = own && !values.once;
  if (waiting) dashboard = await serveDashboard({ keystoneUrl: `${url}/v3`, port });
  say(`\n${bold("That was everything.")}`);
  const stays = waiting || !own;
  if (stays) showAddresses(server);
  showNext(stays ? url : undefined);
  if (!waiting) return stop();
  say(`\n${bold("Ctrl-C ends it.")}`);
}

/** @param {import("../test/keystone/keystone.mjs").TestKeystone} server */
function showAddresses({ own, url, placementUrl, admin }) {
  const { admin: _admin, placement: _placement, ...people } = accounts;
  // The password of someone else's administrator is not ours to print.
  const administrator = { ...admin, about: `the administrator, on the project ${admin.project}` };
  const users = own ? [...Object.values(people), administrator] : Object.values(people);
  const rows = users.map(({ name, domain, password, about }) => [name, domain, password, about]);
  say(`
You can try things yourself${own ? " while the servers run" : ""}:
${dashboard ? `\n   Dashboard  ${bold(dashboard.url)}  in a browser on this machine` : ""}
   Keystone   ${url}/v3
   Placement  ${placementUrl ?? "-"}`);
  if (own) say(`   CORS       for pages at ${ORIGINS.join(" ")}`);
  say();
  table(["user", "domain", "password", "about"], rows);
}

/** @param {string} [url] of a Keystone that runs on */
function showNext(url) {
  const { name, password } = accounts.demo;
  const first = url
    ? "the smallest program"
    : "the smallest program; while npm run keystone -- --port 5000 runs";
  say(`
Where to look next:

   README.md                a short piece of code for each subject
   examples/first-call.mjs  ${first}, in another terminal:
                            ${dim(`export OS_AUTH_URL=${url ?? "http://127.0.0.1:5000"}/v3`)}
                            ${dim(`export OS_USERNAME=${name} OS_PASSWORD=${password} OS_PROJECT_NAME=web`)}
                            ${dim("node examples/first-call.mjs")}
   npm run keystone         only the servers, until Ctrl-C; -- --help for its options
   npm test                 the suite, in ten engines`);
}
