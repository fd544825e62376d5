/**
 * The reference in Markdown, made of the doc comments: a page for each namespace of
 * `keystone-fetch/identity` and for each other entry. `npm run docs` writes it to
 * .github/reference; the gate of test/gates/reference.mjs checks that it is as the source says.
 */
import { readEntries } from "./read.mjs";

/** @typedef {import("./read.mjs").Entry} Entry */

/** Below the project's root. */
export const folder = ".github/reference";

/** The entries with a page of their own: its name, how it is imported, and where it is. */
const entries = /** @type {const} */ ([
  ["core", "keystone-fetch", "src/index.ts"],
  ["config", "keystone-fetch/config", "src/config/index.ts"],
  ["stores", "keystone-fetch/stores", "src/stores/index.ts"],
]);

const identity = "src/identity/index.ts";

/** The verbs that most namespaces have, in the order in which one wants them. */
const verbs = ["list", "get", "find", "create", "update", "delete"];

/** @param {string} root @returns {Entry[]} the namespaces of `keystone-fetch/identity` */
export function readIdentity(root) {
  const [all = []] = readEntries(root, [identity]);
  return all.filter(({ kind }) => kind === "namespace");
}

/** @param {string} root @returns {Map<string, string>} file in the folder to text */
export function pages(root) {
  const [all = [], ...others] = readEntries(root, [identity, ...entries.map(([, , file]) => file)]);
  const namespaces = all.filter(({ kind }) => kind === "namespace");
  const shared = all.filter(({ kind }) => kind !== "namespace");
  const pages = new Map([["README.md", index(namespaces, shared)]]);
  for (const [at, [name, specifier]] of entries.entries()) {
    pages.set(`${name}.md`, page(`\`${specifier}\``, others[at] ?? []));
  }
  for (const { name, members } of namespaces) {
    const use = block("js", `import { ${name} } from "keystone-fetch/identity";`);
    pages.set(`${name}.md`, page(name, members, use));
  }
  return pages;
}

/** @param {readonly Entry[]} namespaces @param {readonly Entry[]} shared */
function index(namespaces, shared) {
  const rows = namespaces.map(({ name, members }) => {
    const names = sorted(functionsOf(members)).map((one) => `\`${one.name}\``);
    return `| [${name}](${name}.md) | ${names.join(" ")} |`;
  });
  return lines(
    "# Reference",
    "Made of the doc comments by `npm run docs`.",
    entries.map(([name, specifier]) => `- [\`${specifier}\`](${name}.md)`).join("\n"),
    "## `keystone-fetch/identity`",
    `Records and filters have the names of the
[Identity API reference](https://docs.openstack.org/api-ref/identity/v3/). Each example runs in the tests.`,
    ["| namespace | functions |", "| --- | --- |", ...rows].join("\n"),
    "What lists and searches have in common:",
    types(shared),
  );
}

/** @param {string} title @param {readonly Entry[]} members @param {string} [use] */
function page(title, members, use = "") {
  const functions = sorted(functionsOf(members));
  const classes = members.filter(({ kind }) => kind === "class");
  const rest = members.filter(({ kind }) => kind === "type");
  const links = functions.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(" · ");
  return lines(
    `# ${title}`,
    use,
    links,
    ...functions.map(section),
    classes.length > 0 ? "## Errors" : "",
    types(classes),
    rest.length > 0 ? "## Types" : "",
    types(rest),
  );
}

/** @param {Entry} entry */
function section({ name, text, code, throws, example, see }) {
  return lines(
    `## ${name}`,
    text,
    block("ts", code),
    throws.map((one) => `- Throws \`${one.class}\` ${one.when}`).join("\n"),
    example ? block("js", example) : "",
    see ? `[In the API reference](${see})` : "",
  );
}

/** @param {readonly Entry[]} entries each with its comment */
function types(entries) {
  const codes = entries.map(({ text, code }) => {
    if (!text) return code;
    const comment = text.includes("\n")
      ? `/**\n${text.replace(/^/gm, " * ")}\n */`
      : `/** ${text} */`;
    return `${comment.replace(/ +$/gm, "")}\n${code}`;
  });
  return codes.length > 0 ? block("ts", codes.join("\n\n")) : "";
}

/** @param {readonly Entry[]} members */
const functionsOf = (members) => members.filter(({ kind }) => kind === "function");

/** @param {Entry[]} functions */
function sorted(functions) {
  const place = (/** @type {Entry} */ { name }) =>
    verbs.includes(name) ? verbs.indexOf(name) : verbs.length;
  return functions.sort((a, b) => place(a) - place(b));
}

/** @param {string} language @param {string} code */
const block = (language, code) => `\`\`\`${language}\n${code}\n\`\`\``;

/** @param {...string} parts */
const lines = (...parts) =>
  `${parts
    .filter(Boolean)
    .map((part) => part.trim())
    .join("\n\n")}\n`;
