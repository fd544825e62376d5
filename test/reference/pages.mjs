/**
 * The reference in Markdown, made from the doc comments: a page for each namespace of
 * `keystone-fetch/identity` and for each other entry. `npm run docs` writes it to .github/reference;
 * the gate test/gates/reference.mjs checks that it agrees with the source.
 */
import { readdirSync, readFileSync } from "node:fs";
import { readEntries } from "./read.mjs";

/** @typedef {import("./read.mjs").Entry} Entry */

/** Below the project's root. */
export const folder = ".github/reference";

/** What people read before the reference; the links are from its folder. */
const guides = ".github/guides";

/** The entries with a page of their own: the page, the import, and the source. */
const entries = /** @type {const} */ ([
  ["core", "keystone-fetch", "src/index.ts"],
  ["stores", "keystone-fetch/stores", "src/stores/index.ts"],
  ["config", "keystone-fetch/config", "src/config/index.ts"],
  ["vendors", "keystone-fetch/config/vendors", "src/config/vendors.ts"],
  ["federation", "keystone-fetch/federation", "src/federation/index.ts"],
  ["guard", "keystone-fetch/guard", "src/guard/index.ts"],
  ["log", "keystone-fetch/log", "src/log/index.ts"],
  ["testing", "keystone-fetch/testing", "src/testing/index.ts"],
  ["v2", "keystone-fetch/v2", "src/v2/index.ts"],
]);

const identity = "src/identity/index.ts";

/** The verbs that most namespaces have, in the order in which people want them. */
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
  // The types of a namespace are on its own page, though the entry exports them too.
  const named = new Set(namespaces.flatMap(({ members }) => members.map(({ name }) => name)));
  const shared = all.filter(({ kind, name }) => kind !== "namespace" && !named.has(name));
  const specifiers = entries.map(([name, specifier]) => `- [\`${specifier}\`](${name}.md)`);
  const pages = new Map([
    ["README.md", index(specifiers, guidesIn(root), namespaces, shared)],
    ["errors.md", errorsPage(others[0] ?? [])],
  ]);
  for (const [at, [name, specifier]] of entries.entries()) {
    pages.set(`${name}.md`, page(`\`${specifier}\``, others[at] ?? []));
  }
  for (const { name, members } of namespaces) {
    const use = block("ts", `import { ${name} } from "keystone-fetch/identity";`);
    pages.set(`${name}.md`, page(name, members, use));
  }
  return pages;
}

/** @param {string} root @returns {string[]} a line for each guide: its title, and a link to it */
function guidesIn(root) {
  const files = readdirSync(`${root}${guides}`).filter((file) => file.endsWith(".md"));
  return files.sort().map((file) => {
    const [title = file] = readFileSync(`${root}${guides}/${file}`, "utf8").split("\n");
    return `- [${title.replace(/^# /, "")}](../guides/${file})`;
  });
}

/**
 * @param {readonly string[]} specifiers @param {readonly string[]} guides
 * @param {readonly Entry[]} namespaces @param {readonly Entry[]} shared
 */
function index(specifiers, guides, namespaces, shared) {
  const rows = namespaces.map(({ name, members }) => {
    const names = sorted(functionsOf(members)).map((one) => `\`${one.name}\``);
    return `| [${name}](${name}.md) | ${names.join(" ")} |`;
  });
  return lines(
    "# Reference",
    "Generated from the doc comments by `npm run docs`.",
    [...specifiers, "- [`keystone-fetch/identity`](#keystone-fetchidentity)"].join("\n"),
    "All error codes are in [one table](errors.md).",
    "## Guides",
    guides.join("\n"),
    "## `keystone-fetch/identity`",
    `Records and filters have the names of the
[Identity API reference](https://docs.openstack.org/api-ref/identity/v3/). The tests run each example.`,
    ["| namespace | functions |", "| --- | --- |", ...rows].join("\n"),
    "The entry exports the types of each namespace, too. These are common to all namespaces:",
    types(shared),
  );
}

/** @param {readonly Entry[]} core what the main entry exports */
function errorsPage(core) {
  const errors = core.filter(({ kind, name }) => kind === "class" && name.endsWith("Error"));
  const rows = errors.map(({ name, errorCode, text }) => {
    return `| \`${errorCode}\` | \`${name}\` | ${text.replace(/\s+/g, " ")} |`;
  });
  return lines(
    "# Error codes",
    `Every error is a \`KeystoneError\`. \`isKeystoneError(error)\` recognizes it, also one from another copy
of the package, and then \`error.code\` narrows it to its class. The one exception is your own
\`AbortSignal\`: its reason is thrown untouched.`,
    ["| `code` | class | when |", "| --- | --- | --- |", ...rows].join("\n"),
    "The properties of each class are in [`keystone-fetch`](core.md#errors).",
    "What `diagnose()` finds has [codes of its own](../guides/diagnose.md#the-codes).",
  );
}

/** @param {string} title @param {readonly Entry[]} members @param {string} [use] */
function page(title, members, use = "") {
  const functions = sorted(functionsOf(members));
  const classes = members.filter(({ kind }) => kind === "class");
  const errors = classes.filter(({ name }) => name.endsWith("Error"));
  const others = classes.filter(({ name }) => !name.endsWith("Error"));
  const rest = members.filter(({ kind }) => kind === "type");
  const links = functions.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(" · ");
  return lines(
    `# ${title}`,
    use,
    links,
    ...functions.map(section),
    errors.length > 0 ? "## Errors" : "",
    types(errors),
    others.length > 0 ? "## Classes" : "",
    types(others),
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
    example ? block("ts", example) : "",
    see ? `[${titleOf(see)}](${see})` : "",
  );
}

/** @param {string} see */
const titleOf = (see) => (see.includes("/api-ref/") ? "In the API reference" : "See also");

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
const functionsOf = (members) =>
  members.filter(({ kind }) => kind === "function" || kind === "constant");

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
