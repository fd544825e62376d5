/** The reference agrees with the source, and its examples run. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runExamples } from "../reference/examples.mjs";
import { folder, pages, readIdentity } from "../reference/pages.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** @type {import("../runners/gates.mjs").Gate} */
export default async function reference({ say, env }) {
  const namespaces = readIdentity(root);
  const functions = namespaces.flatMap(({ name, members }) =>
    members.filter(({ kind }) => kind === "function").map((one) => ({ ...one, of: name })),
  );
  const began = Date.now();
  const failures = await runAll(env, namespaces);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  say(`reference: ${functions.length} examples of ${namespaces.length} namespaces in ${seconds} s`);
  return [
    verdict("its pages are as the source says: npm run docs", outdated()),
    verdict(
      "every function of the Identity API has a text, an example and a place in the API reference",
      functions
        .filter(({ text, example, see }) => !text || !example || !see?.startsWith("https://"))
        .map(({ of, name }) => `${of}.${name}`),
    ),
    verdict("every example runs", functions.length > 100 ? failures : ["too few"]),
    verdict(
      "README links to it",
      readFileSync(`${root}README.md`, "utf8").includes(`(${folder}/README.md)`) ? [] : [folder],
    ),
  ];
}

/** Files that would be written differently now. */
function outdated() {
  const wanted = pages(root);
  const there = existsSync(`${root}${folder}`) ? readdirSync(`${root}${folder}`) : [];
  return [
    ...there.filter((file) => !wanted.has(file)),
    ...[...wanted].flatMap(([file, text]) =>
      there.includes(file) && readFileSync(`${root}${folder}/${file}`, "utf8") === text
        ? []
        : [file],
    ),
  ];
}

/**
 * Several namespaces at once: they mostly wait.
 * @param {Parameters<typeof runExamples>[0]} env
 * @param {readonly import("../reference/read.mjs").Entry[]} namespaces
 */
async function runAll(env, namespaces) {
  /** @type {string[]} */
  const failures = [];
  const queue = [...namespaces];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      failures.push(...(await runExamples(env, next)));
    }
  };
  await Promise.all([work(), work(), work(), work(), work(), work()]);
  return failures;
}

/** @param {string} name @param {readonly string[]} offenders */
function verdict(name, offenders) {
  return { name, ok: offenders.length === 0, error: offenders.join("\n") };
}
