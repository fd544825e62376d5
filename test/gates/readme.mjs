/**
 * The documents are true: every block of TypeScript in README and the guides, and every `@example` of
 * a doc comment, compiles under `strict`; those that need no more than a Keystone run against the real
 * one. Whatever the pages link to exists, and is packed.
 */
import { execFile, execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { execute } from "../examples/deno.mjs";
import { compile, withPrograms } from "../reference/compile.mjs";
import { denoTypes, programsIn } from "../reference/programs.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** @typedef {Parameters<import("../runners/gates.mjs").Gate>[0]["env"]} Env */
/** @typedef {import("../reference/programs.mjs").Program} Program */

/** @type {import("../runners/gates.mjs").Gate} */
export default async function readme({ env, say }) {
  const text = readFileSync(`${root}README.md`, "utf8");
  const programs = programsIn(root).map((program) => ({
    ...program,
    code: fill(program.code, env),
  }));
  const running = programs.filter(({ runs }) => runs);
  const forDeno = running.filter(isForDeno);
  const others = running.filter((program) => !isForDeno(program));
  const files = new Map([
    ["deno.d.ts", denoTypes],
    ...programs.map(({ name, code }) => /** @type {const} */ ([`${name}.ts`, code])),
  ]);
  return withPrograms(files, async (folder) => {
    const [errors, ran, inDeno] = await Promise.all([
      compile(folder),
      runAll(folder, others, env),
      Promise.all(forDeno.map((program) => runInDeno(folder, program, env))),
    ]);
    say(`readme: ${programs.length} blocks and examples, ${running.length} of them run`);
    const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
    const tarball = `keystone-fetch-${version}.tgz`;
    const lines = text.split("\n").length - 1;
    return [
      ...ran,
      ...inDeno,
      verdict("every block and example compiles under strict", errors),
      verdict("blocks and examples are found", programs.length > 200 ? [] : [`${programs.length}`]),
      verdict("examples/first-call.mjs runs", await firstCall(env)),
      verdict("the tarball has the name that README says", text.includes(tarball) ? [] : [tarball]),
      verdict("every link leads to a file that is there, and packed", deadLinks()),
      verdict("README has less than 350 lines", lines < 350 ? [] : [`${lines}`]),
    ];
  });
}

/** Fills in the real Keystone's address and password. @param {string} code @param {Env} env */
const fill = (code, env) =>
  code
    .replaceAll("https://keystone.example:5000", env.keystone)
    .replaceAll('"s3cret"', JSON.stringify(env.accounts.demo.password));

/** @param {Program} program */
const isForDeno = ({ code }) => /\bDeno\./.test(code);

/** An administrator's. @param {Env} env */
const variablesOf = ({ keystone, accounts: { admin, demo } }) => ({
  OS_AUTH_URL: keystone,
  OS_USERNAME: admin.name,
  OS_PASSWORD: admin.password,
  OS_PROJECT_NAME: "admin",
  DEMO_PASSWORD: demo.password,
});

/** @param {string} folder @param {readonly Program[]} programs @param {Env} env */
async function runAll(folder, programs, env) {
  const files = programs.map(({ name }) => join(folder, `${name}.mjs`));
  for (const [at, { code }] of programs.entries()) {
    writeFileSync(
      files[at] ?? "",
      (await transform(code, { loader: "ts", target: "node20" })).code,
    );
  }
  const runner = fileURLToPath(new URL("../reference/run-blocks.mjs", import.meta.url));
  const options = { cwd: root, timeout: 120_000, env: variablesOf(env) };
  const { stdout } = await run(process.execPath, [runner, ...files], options);
  /** @type {Record<string, { printed?: string, error?: string }>} */
  const outcomes = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  return programs.map(({ name, prints }, at) => {
    const { printed, error } = outcomes[files[at] ?? ""] ?? { error: "it did not run" };
    return verdict(
      `${name} runs`,
      error ? [error] : prints && !printed ? ["it prints nothing"] : [],
    );
  });
}

/** @param {string} folder @param {Program} program @param {Env} env */
async function runInDeno(folder, { name }, env) {
  const flags = [`--allow-net=${new URL(env.keystone).host}`, "--allow-env", "--no-check"];
  const words = ["run", "--no-prompt", ...flags, join(folder, `${name}.ts`)];
  const { code, stdout, stderr } = await execute(words, root, variablesOf(env));
  const isFine = code === 0 && stdout.trim();
  return verdict(`${name} runs in Deno`, isFine ? [] : [`exit ${code}: ${stdout}${stderr}`]);
}

/** What `npm start` points to, with the variables that it prints. @param {Env} env */
async function firstCall(env) {
  const { name, password } = env.accounts.demo;
  const variables = {
    OS_AUTH_URL: env.keystone,
    OS_USERNAME: name,
    OS_PASSWORD: password,
    OS_PROJECT_NAME: "web",
  };
  try {
    const options = { cwd: root, timeout: 30_000, env: variables };
    const { stdout } = await run(process.execPath, ["examples/first-call.mjs"], options);
    return stdout.includes("RegionOne") ? [] : [stdout];
  } catch (error) {
    return [String(error)];
  }
}

/** Dead links of README and of all pages in the package. */
function deadLinks() {
  const listing = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  /** @type {string[]} */
  const packed = JSON.parse(listing)[0].files.map(
    (/** @type {{ path: string }} */ file) => file.path,
  );
  const pages = packed.filter((path) => path.endsWith(".md"));
  if (pages.length < 40) return [`only ${pages.length} pages are packed`];
  return pages.flatMap((page) => {
    const text = readFileSync(`${root}${page}`, "utf8");
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
    return links.filter((link) => !isThere(page, link, packed)).map((link) => `${page}: ${link}`);
  });
}

/** @param {string} page @param {string} link @param {readonly string[]} packed */
function isThere(page, link, packed) {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : normalize(join(page, "..", path)).replace(/\/$/, "");
  const isPacked = packed.some((file) => file === target || file.startsWith(`${target}/`));
  if (!isPacked || anchor === undefined) return isPacked;
  const headings = readFileSync(`${root}${target}`, "utf8").matchAll(/^#+ (.*)$/gm);
  return [...headings].some(([, heading = ""]) => anchorOf(heading) === anchor);
}

/** The anchor as GitHub makes it. @param {string} heading */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** @param {string} name @param {readonly string[]} offenders */
function verdict(name, offenders) {
  return { name, ok: offenders.length === 0, error: offenders.join("\n") };
}
