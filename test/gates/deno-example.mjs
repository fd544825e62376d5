/**
 * examples/deno against the real Keystone: each command of openstack.ts as a table and as JSON, and
 * every exit code; the only permissions are to read variables and to reach that one server.
 */
import assert from "node:assert/strict";
import { createSession, password as passwordMethod } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";
import { projects, roles, users } from "keystone-fetch/identity";
import { check } from "../examples/check.mjs";
import { execute, start } from "../examples/deno.mjs";
import { adminChecks } from "../examples/deno-admin.mjs";
import { packageCopy } from "../examples/package-copy.mjs";
import { rootDir } from "../runners/project.mjs";

const script = "examples/deno/openstack.ts";
const scripts = ["openstack", "admin", "cli", "for-each"].map((name) => `examples/deno/${name}.ts`);

/**
 * @typedef {import("../examples/deno.mjs").Outcome} Outcome
 * @typedef {import("../examples/deno.mjs").Variables} Variables
 * @typedef {(words: string, changed?: Variables) => Promise<Outcome>} Run
 */

/** @type {import("../runners/gates.mjs").Gate} */
export default async function denoExample(context) {
  const { env } = context;
  const { name, password } = env.accounts.demo;
  const variables = {
    OS_AUTH_URL: `${env.keystone}/v3`,
    OS_USERNAME: name,
    OS_PASSWORD: password,
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_NAME: "web",
    OS_PROJECT_DOMAIN_NAME: "Default",
  };
  const hosts = [env.keystone, env.closed].map((url) => new URL(url).host);
  /** @type {Run} */
  const run = (words, changed) =>
    start(rootDir, script, hosts, words, { ...variables, ...changed });
  const session = createSession(fromEnv(variables));

  return Promise.all([
    ...adminChecks(context),
    check("token issue: a token that Keystone knows, on the project", async () => {
      const { stdout, stderr, code } = await run("token issue --json");
      assert.deepEqual([code, stderr], [0, ""]);
      const shown = JSON.parse(stdout);
      assert.deepEqual(Object.keys(shown), ["expires", "id", "project_id", "user_id"]);
      const headers = { "X-Auth-Token": shown.id, "X-Subject-Token": shown.id };
      const answer = await fetch(`${env.keystone}/v3/auth/tokens?nocatalog`, { headers });
      const { token } = await answer.json();
      assert.deepEqual(
        [token.project.id, token.user.id, Date.parse(token.expires_at)],
        [shown.project_id, shown.user_id, Date.parse(shown.expires)],
      );
    }),
    check("token issue: the scopes that have no project", async () => {
      const OS_PROJECT_NAME = "";
      const inDomain = await run("token issue --json", {
        OS_PROJECT_NAME,
        OS_DOMAIN_NAME: "research",
      });
      const unscoped = await run("token issue --json", { OS_PROJECT_NAME });
      assert.deepEqual(
        [inDomain, unscoped].map(({ stdout }) => Object.keys(JSON.parse(stdout))),
        [
          ["expires", "id", "domain_id", "user_id"],
          ["expires", "id", "user_id"],
        ],
      );
    }),
    check("token issue as a table", async () => {
      const { stdout, code } = await run("token issue");
      assert.equal(code, 0);
      const rows = cells(stdout);
      assert.deepEqual(rows[0], ["Field", "Value"]);
      assert.deepEqual(
        rows.slice(1).map(([field]) => field),
        ["expires", "id", "project_id", "user_id"],
      );
      assert.match(String(rows[2]), /^id,gAAAA/);
    }),
    check("project list, as a table and as JSON", async () => {
      const list = await same(run, "project list");
      const expected = await session.projects();
      assert.deepEqual(
        list,
        expected.map(({ id, name }) => ({ ID: id, Name: name })),
      );
      assert.ok(list.some(({ Name }) => Name === "web"));
    }),
    check("project list: a table of names in any script", async () => {
      const named = ["計算 한국", "cafe\u0301", "✅ on", "turned \u202e round", "ﾊﾝｶｸ"];
      const owner = await ownerOf(env, named);
      try {
        const { stdout } = await run("project list", owner.variables);
        const lines = stdout.trimEnd().split("\n");
        const [{ length = 0 } = ""] = lines;
        // If a letter takes two columns, or two letters take one, the line has fewer or more
        // characters than columns.
        const lacks = { 計算: 4, café: -1, "✅ on": 1, "turned ?": 0, ﾊﾝｶｸ: 0 };
        for (const [word, less] of Object.entries(lacks)) {
          const line = lines.find((one) => one.normalize("NFC").includes(word)) ?? "";
          assert.equal(line.length, length - less, word);
        }
        assert.doesNotMatch(stdout, /\p{Bidi_Control}/u);
      } finally {
        await owner.remove();
      }
    }),
    check("catalog list, as a table and as JSON", async () => {
      const list = await same(run, "catalog list");
      assert.deepEqual(list, await rowsOf(session));
      assert.ok(list.length > 0);
    }),
    check("catalog list of one region and one interface", async () => {
      const list = await same(run, "catalog list --region RegionOne --interface public");
      const all = await rowsOf(session);
      const wanted = all.filter((row) => row.Region === "RegionOne" && row.Interface === "public");
      assert.ok(wanted.length > 0 && wanted.length < all.length);
      assert.deepEqual(list, wanted);
    }),
    check("catalog show, as a table and as JSON, with the variables' defaults", async () => {
      const changed = { OS_REGION_NAME: "RegionOne", OS_INTERFACE: "internalURL" };
      const { url, name } = await session.endpoint({
        type: "identity",
        region: "RegionOne",
        interface: "internal",
      });
      const shown = await same(run, "catalog show identity", changed);
      const expected = { name, type: "identity", region: "RegionOne", interface: "internal", url };
      assert.deepEqual(shown, expected);
      const other = await run("catalog show identity --interface admin --json", changed);
      assert.equal(JSON.parse(other.stdout).interface, "admin");
    }),
    check("no secret is shown but by token issue", async () => {
      for (const words of ["project list", "catalog list --json", "catalog show identity"]) {
        const { stdout, stderr } = await run(words);
        assert.doesNotMatch(stdout + stderr, /gAAAA/);
        assert.ok(!(stdout + stderr).includes(password));
      }
    }),
    check("--help is no failure", async () => {
      const { code, stdout, stderr } = await run("--help", { OS_AUTH_URL: "" });
      assert.deepEqual([code, stderr], [0, ""]);
      assert.match(stdout, /catalog list/);
    }),
    ...usage.map(([words, expected]) =>
      check(`usage: "${words}"`, async () => fails(await run(words), 2, expected)),
    ),
    check("a variable that is missing is named", async () => {
      fails(await run("project list", { OS_AUTH_URL: "" }), 1, /OS_AUTH_URL: expected/);
      fails(await run("project list", { OS_USERNAME: "" }), 1, /OS_USERNAME: expected/);
      const both = await run("project list", { OS_SYSTEM_SCOPE: "all" });
      fails(both, 1, /OS_SYSTEM_SCOPE: .*OS_PROJECT_NAME/);
    }),
    check("a wrong password is Keystone's 401, and not repeated", async () => {
      const outcome = await run("token issue", { OS_PASSWORD: "wr0ng-w0rd" });
      fails(outcome, 1, /401 Unauthorized/);
      assert.doesNotMatch(outcome.stderr, /wr0ng/);
    }),
    check("a service that there isn't", async () =>
      fails(await run("catalog show nothing"), 1, /No endpoint for .*nothing/),
    ),
    check("a Keystone that does not answer", async () =>
      fails(await run("token issue", { OS_AUTH_URL: env.closed }), 1, /no response/),
    ),
    check("what it may not reach it does not reach", async () =>
      fails(
        await start(rootDir, script, ["127.0.0.1:1"], "token issue", variables),
        1,
        /--allow-net/,
      ),
    ),
    check("a copy with the package from npm has types, and works", async () => {
      const { folder, remove } = packageCopy(scripts, ["@types/node", "undici-types"]);
      try {
        const checked = await execute(["check", "openstack.ts", "admin.ts"], folder, {});
        assert.equal(checked.code, 0, checked.stderr);
        const { code, stdout, stderr } = await start(
          folder,
          "openstack.ts",
          hosts,
          "project list --json",
          variables,
        );
        assert.equal(code, 0, stderr);
        assert.match(stdout, /"web"/);
      } finally {
        remove();
      }
    }),
  ]);
}

/**
 * A user with projects of these names, which are in nobody else's list.
 *
 * @param {Parameters<import("../runners/gates.mjs").Gate>[0]["env"]} env
 * @param {readonly string[]} names
 */
async function ownerOf(env, names) {
  const { admin } = env.accounts;
  const session = createSession({
    authUrl: `${env.keystone}/v3`,
    auth: passwordMethod({
      name: admin.name,
      domain: { name: admin.domain },
      password: admin.password,
    }),
    scope: { project: { name: "admin", domain: { name: "Default" } } },
  });
  const secret = crypto.randomUUID();
  const domain_id = "default";
  const { id: user, name: OS_USERNAME } = await users.create(session, {
    name: secret,
    password: secret,
    domain_id,
  });
  const { id: role } = await roles.find(session, "member");
  const made = await Promise.all(
    names.map((name) => projects.create(session, { name, domain_id })),
  );
  for (const { id: project } of made) await roles.assign(session, { role, user, project });
  return {
    variables: { OS_USERNAME, OS_PASSWORD: secret, OS_PROJECT_NAME: "" },
    async remove() {
      for (const { id } of made) await projects.delete(session, id);
      await users.delete(session, user);
    },
  };
}

/** Wrong command lines, and what is printed for them. @type {readonly [string, RegExp][]} */
const usage = [
  ["", /which command/],
  ["token", /no such command/],
  ["token revoke", /no such command/],
  ["constructor name", /no such command/],
  ["token issue now", /too many words/],
  ["catalog show", /which service/],
  ["project list --all", /--all/],
  ["project list --region", /--region/],
  ["project list --interface intern", /--interface is/],
];

/**
 * With this exit code, nothing on stdout, and one line on stderr.
 *
 * @param {Outcome} outcome @param {number} code @param {RegExp} expected
 */
function fails(outcome, code, expected) {
  assert.deepEqual([outcome.code, outcome.stdout], [code, ""], outcome.stderr);
  assert.match(outcome.stderr, /^[^\n]+\n$/);
  assert.match(outcome.stderr, expected);
}

/**
 * The JSON output of a command, after checking that the table has the same content.
 *
 * @param {Run} run @param {string} words @param {Variables} [changed]
 */
async function same(run, words, changed) {
  const [plain, json] = await Promise.all([run(words, changed), run(`${words} --json`, changed)]);
  assert.deepEqual([plain.code, json.code, plain.stderr + json.stderr], [0, 0, ""]);
  const shown = JSON.parse(json.stdout);
  const [head = [], ...rows] = cells(plain.stdout);
  if (Array.isArray(shown)) {
    assert.deepEqual(
      rows,
      shown.map((row) => head.map((column) => row[column])),
    );
  } else {
    assert.deepEqual(Object.fromEntries(rows), shown);
  }
  return shown;
}

/** The cells of a table, its head first. @param {string} text */
function cells(text) {
  const lines = text.trim().split("\n");
  assert.equal(new Set(lines.map((line) => line.length)).size, 1, "lines of one length");
  return lines
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

/** @param {import("keystone-fetch").Session} session */
async function rowsOf(session) {
  const { catalog } = await session.token();
  return catalog.flatMap(({ name, type, endpoints }) =>
    endpoints.map(({ region, interface: face, url }) => ({
      Name: name,
      Type: type,
      Region: region,
      Interface: face,
      URL: url,
    })),
  );
}
