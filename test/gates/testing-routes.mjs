/**
 * test/testing/routes.md says which routes the Keystone in memory has, and that it agrees with the
 * real one there. UPDATE_ROUTES=1 rewrites it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { rootDir } from "../runners/project.mjs";

const table = join(rootDir, "test/testing/routes.md");
const fixture = join(rootDir, "test/fixtures/identity/routes.json");

/** @type {import("../runners/gates.mjs").Gate} */
export default async function testingRoutes({ env, say }) {
  const { compare, answers, unnamed } = await load();
  const compared = await compare(env);
  /** @type {{ routes: Record<string, string> }} */
  const { routes } = JSON.parse(readFileSync(fixture, "utf8"));
  const all = [
    "GET /",
    "GET /v3",
    ...Object.entries(routes).flatMap(([path, methods]) =>
      methods.split(" ").map((method) => `${method} /v3${path}`),
    ),
  ];
  /** @type {string[]} */
  const present = [];
  for (const route of all) if (await answers(env, route)) present.push(route);
  const absent = all.filter((route) => !present.includes(route));
  const rows = present.map((route) => {
    const { steps, different } = compared[unnamed(route)] ?? { steps: 0, different: [] };
    return { route, steps, different };
  });
  const steps = rows.reduce((sum, row) => sum + row.steps, 0);
  const text = render(rows, absent, steps);
  if (process.env.UPDATE_ROUTES) writeFileSync(table, text);
  say(`testing: ${present.length} routes, ${steps} steps compared, ${absent.length} not in it`);
  return [
    verdict(
      "both answer alike",
      rows.flatMap(({ route, different }) => different.map((step) => `${route}: ${step}`)),
    ),
    verdict(
      "every route that it has is compared",
      rows.filter((row) => row.steps === 0).map(({ route }) => route),
    ),
    verdict(
      "the table is up to date",
      readFileSync(table, "utf8") === text ? [] : ["UPDATE_ROUTES=1 writes it anew"],
    ),
  ];
}

/** @param {string} name @param {readonly string[]} offenders */
const verdict = (name, offenders) => ({
  name,
  ok: offenders.length === 0,
  error: offenders.join("; "),
});

/** @returns {Promise<typeof import("../testing/compare.ts")>} */
async function load() {
  const outfile = join(rootDir, ".cache/test", `${process.pid}`, "compare.mjs");
  await build({
    entryPoints: [join(rootDir, "test/testing/compare.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    external: ["keystone-fetch", "keystone-fetch/*"],
  });
  return import(pathToFileURL(outfile).href);
}

/**
 * @param {readonly { route: string, steps: number, different: readonly string[] }[]} rows
 * @param {readonly string[]} absent
 * @param {number} steps
 */
function render(rows, absent, steps) {
  return `# The Keystone in memory beside the real one

Written by the gate \`testing-routes\` (\`UPDATE_ROUTES=1 node test/run.mjs --gate testing-routes\`). The same
${steps} requests go to both; compared are the status, the headers (\`Content-Type\`, \`Vary\`, \`WWW-Authenticate\`,
\`Location\`, and whether there is an \`X-Subject-Token\`, an \`Openstack-Auth-Receipt\` and an
\`X-Openstack-Request-Id\`), the shape of the body (its keys, their types, links and times) and an error's code, title
and message. HEAD counts as GET.

| route | requests | |
| --- | --- | --- |
${rows.map(({ route, steps: count, different }) => `| \`${route}\` | ${count} | ${different.length > 0 ? `differs: ${different.join(", ")}` : "agrees"} |`).join("\n")}

## Where it is otherwise, on purpose

- A password's change ends the tokens that there are, and not those of the same second that come after it.
- A TOTP passcode is a fixed one, which \`requireTotp()\` gives; it may be used again. TOTP credentials are not created by the API.
- No account is locked after failures, and no password has to follow rules.
- Lists are whole: \`limit\` and \`marker\` are ignored, as before 2025.1.
- Trusts are unknown: a login for one is refused with 401.
- Times move on by \`advance()\`.
- \`Allow\` on a 405 names the methods that there are.
- A path that the API does not have is a 501 that names it, and not a 404 in HTML.

## Not in it: 501

${absent.map((route) => `- \`${route}\``).join("\n")}
`;
}
