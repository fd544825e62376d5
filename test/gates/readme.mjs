/** README tells the truth: its first block is the example, and every block after it runs. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** @type {import("../runners/gates.mjs").Gate} */
export default async function readme({ env }) {
  const text = readFileSync(`${root}README.md`, "utf8");
  const blocks = [...text.matchAll(/^```js\n(.*?)^```/gms)].map(([, code = ""]) => code);
  const [first = "", ...others] = blocks;
  const example = readFileSync(`${root}examples/first-call.mjs`, "utf8");
  const checks = [
    { name: "the first block is the example", ok: first.trim() === example.trim() },
    {
      name: "the first code has at most twelve lines",
      ok: first.split("\n").filter((line) => line.trim()).length <= 12,
    },
    {
      name: "every file it links to is there",
      ...linksOf(text),
    },
  ];
  // In the project, so that it imports the built package by its name, as a user does.
  const folder = mkdtempSync(join(root, ".cache/readme-"));
  try {
    for (const [index, block] of ["", ...others].entries()) {
      const file = join(folder, `${index}.mjs`);
      writeFileSync(file, `${first}\n${block}`);
      checks.push({ name: `block ${index + 1} runs`, ...(await outcome(file, env)) });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return checks;
}

/** @param {string} text */
function linksOf(text) {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = ""]) => path);
  const dead = links.filter((path) => !existsSync(`${root}${path}`));
  return { ok: links.length > 0 && dead.length === 0, error: dead.join(", ") };
}

/** @param {string} file @param {Parameters<import("../runners/gates.mjs").Gate>[0]["env"]} env */
async function outcome(file, env) {
  const { name, password } = env.accounts.demo;
  try {
    const { stdout } = await run(process.execPath, [file], {
      cwd: root,
      timeout: 20_000,
      env: {
        OS_AUTH_URL: env.keystone,
        OS_USERNAME: name,
        OS_PASSWORD: password,
        OS_PROJECT_NAME: "web",
      },
    });
    return { ok: stdout.includes("RegionOne"), error: stdout };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}
