/** examples/deno/admin.ts: an administrator's chores, at the real Keystone. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createSession } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";
import { projects, roleAssignments, users } from "keystone-fetch/identity";
import { rootDir } from "../runners/project.mjs";
import { check } from "./check.mjs";
import { deno, start } from "./deno.mjs";

const script = "examples/deno/admin.ts";

/** @param {import("../runners/gates.mjs").Context} context */
export function adminChecks({ env, sql }) {
  const { admin, demo } = env.accounts;
  const variables = {
    OS_AUTH_URL: `${env.keystone}/v3`,
    OS_USERNAME: admin.name,
    OS_PASSWORD: admin.password,
    OS_PROJECT_NAME: "admin",
  };
  const session = createSession(fromEnv(variables));
  const hosts = [new URL(env.keystone).host];
  const run = (/** @type {string} */ words) => start(rootDir, script, hosts, words, variables);
  const unique = () => `batch${crypto.randomUUID().slice(0, 8)}`;
  const made = (/** @type {string} */ prefix) =>
    projects.list(session, { name__startswith: prefix });

  return [
    check("admin: roles of every user, as a table and as JSON", async () => {
      const { code, stdout, stderr } = await run("roles --json");
      assert.equal(code, 0, stderr);
      /** @type {{ User: string, On: string, Roles: string }[]} */
      const rows = JSON.parse(stdout);
      const own = rows.filter(({ User, On }) => User === demo.name && On === "project web");
      assert.equal(own.length, 1);
      assert.match(String(own[0]?.Roles), /member.*reader/);
      assert.match((await run("roles")).stdout, /\| demo +\| project web/);
    }),
    check("admin: passwords that have expired, and that soon will", async () => {
      if (!sql) throw new Error("a Keystone of our own is needed");
      const name = unique();
      const { id } = await users.create(session, { name, domain_id: "default", password: name });
      try {
        const end = new Date(Date.now() + 5 * 24 * 60 * 60 * 1000);
        await sql(expire(id, end));
        const soon = JSON.parse((await run("passwords --json")).stdout);
        assert.deepEqual(
          soon.filter((/** @type {{ User: string }} */ { User }) => User === name),
          [
            {
              Expires: `${end.toISOString().slice(0, 19)}.000000Z`,
              User: name,
              Email: "",
              State: "expires soon",
            },
          ],
        );
        assert.doesNotMatch((await run("passwords --days 3")).stdout, new RegExp(name));
        await sql(expire(id, new Date("2020-01-01T00:00:00Z")));
        assert.match((await run("passwords")).stdout, new RegExp(`${name} .* expired`));
      } finally {
        await users.delete(session, id);
      }
    }),
    check(
      "admin: 50 projects, one of which fails; the rest on the second run; none is left",
      async () => {
        const prefix = unique();
        const { id } = await projects.create(session, {
          name: `${prefix}-007`,
          domain_id: "default",
        });
        const first = await run(`create ${prefix} 50 --member demo`);
        assert.equal(first.code, 1);
        assert.match(first.stdout, /^49 of 50 created\n$/);
        assert.match(first.stderr, new RegExp(`^${prefix}-007: .*409`, "m"));
        assert.match(first.stderr, /^25\/50 created/m);
        assert.match(first.stderr, /1 failed: run the same command again for the rest\n$/);
        await projects.delete(session, id);
        const second = await run(`create ${prefix} 50 --member demo`);
        assert.deepEqual([second.code, second.stdout], [0, "50 of 50 created\n"], second.stderr);
        const all = await made(prefix);
        assert.equal(new Set(all.map(({ name }) => name)).size, 50);
        const own = await roleAssignments.list(session, {
          user: { name: "demo", domain: "default" },
        });
        const granted = new Set(own.map(({ scope }) => scope.project?.id));
        assert.deepEqual(
          all.filter(({ id: project }) => !granted.has(project)),
          [],
        );
        const other = await projects.create(session, {
          name: `${prefix}-999`,
          domain_id: "default",
        });
        const third = await run(`delete ${prefix}`);
        assert.deepEqual([third.code, third.stdout], [0, "50 of 50 deleted\n"], third.stderr);
        assert.deepEqual(
          (await made(prefix)).map(({ id: left }) => left),
          [other.id],
        );
        await projects.delete(session, other.id);
        assert.equal((await run(`delete ${prefix}`)).stdout, "0 of 0 deleted\n");
      },
    ),
    check("admin: a bar in a terminal", async () => {
      const prefix = unique();
      const flags = `--no-prompt --allow-net=${hosts} --allow-env`;
      const inTerminal = async (/** @type {string} */ words) => {
        const command = `${deno} run ${flags} ${join(rootDir, script)} ${words}`;
        const env = { ...process.env, ...variables, DENO_DIR: join(rootDir, ".cache/deno") };
        const args = ["-qec", command, "/dev/null"];
        return (await promisify(execFile)("script", args, { cwd: rootDir, timeout: 60_000, env }))
          .stdout;
      };
      const shown = await inTerminal(`create ${prefix} 3`);
      assert.match(shown, /\r\[#{10} {20}\] 1\/3 created\r/);
      assert.match(shown, /\r\[#{30}\] 3\/3 created\r\n3 of 3 created\r\n$/);
      assert.match(await inTerminal(`delete ${prefix}`), /3 of 3 deleted/);
    }),
    check("admin: command lines that are wrong", async () => {
      const wrong = [
        ["", /which command/],
        ["projects", /no such command/],
        ["create shop", /too few words/],
        ["create shop none", /COUNT is a whole number/],
        ["create a/b 3", /PREFIX is letters/],
        ["passwords --days soon", /--days is a whole number/],
      ];
      for (const [words, expected] of /** @type {[string, RegExp][]} */ (wrong)) {
        const { code, stdout, stderr } = await run(words);
        assert.deepEqual([code, stdout], [2, ""], words);
        assert.match(stderr, expected);
      }
    }),
  ];
}

/** @param {string} user @param {Date} end */
const expire = (user, end) => `USE keystone; UPDATE password
  SET expires_at = '${end.toISOString().slice(0, 19).replace("T", " ")}', expires_at_int = ${Math.floor(end.getTime() / 1000)}000000
  WHERE local_user_id IN (SELECT id FROM local_user WHERE user_id = '${user}')`;
