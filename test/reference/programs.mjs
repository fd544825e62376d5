/**
 * The TypeScript that people read, as programs: each block in README and the guides, and each
 * `@example` of a doc comment. What an example uses but does not declare is imported, or passed to it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { isFree, madeNames } from "./examples.mjs";

/**
 * @typedef {object} Program
 * @property {string} name of its file, without the ending
 * @property {string} code
 * @property {boolean} runs whether it is run, too
 * @property {boolean} prints whether it must print something then
 */

/**
 * What an example can use without saying where it is from: the types; run-blocks.mjs has the values.
 */
const given = {
  authUrl: "string",
  auth: 'import("keystone-fetch").AuthMethod',
  session: 'import("keystone-fetch").Session',
  token: 'import("keystone-fetch").Token',
  guard: 'import("keystone-fetch/guard").Guard',
  request: "Request",
  upstream: "string",
  text: "string",
  scope: 'import("keystone-fetch").Scope',
  json: "object",
  parse: "(text: string) => object",
  env: `{ readonly TOKENS: import("keystone-fetch/stores").KvNamespace; readonly TOKENS_KEY: string;
    readonly NEW_KEY: string; readonly OLD_KEY: string; readonly [variable: \`OS_\${string}\`]: string;
    readonly VAULT: import("keystone-fetch/stores").VaultNamespace }`,
  origin: "string",
  freshAccessToken: "() => Promise<string>",
  openSession: '(env: unknown) => import("keystone-fetch").Session',
  consumerKey: "string",
  consumerSecret: "string",
  accessKey: "string",
  accessSecret: "string",
};

/** All that a block uses of Deno. */
export const denoTypes = `declare const Deno: {
  readonly env: { toObject(): Record<string, string> };
  openKv(): Promise<import("keystone-fetch/stores").DenoKv>;
  createHttpClient(options: { cert?: string; key?: string }): { close(): void };
};
interface RequestInit { client?: object }
`;

const entries = [
  "/stores",
  "/config",
  "/config/vendors",
  "/federation",
  "/guard",
  "/testing",
  "/log",
  "/v2",
];

/** By name, which entry exports it. */
const homes = await homesOf(["", ...entries]);
const identityHomes = await homesOf(["/identity"]);

/** @param {readonly string[]} entries @returns {Promise<ReadonlyMap<string, string>>} */
async function homesOf(entries) {
  const specifiers = entries.map((entry) => `keystone-fetch${entry}`);
  const modules = await Promise.all(specifiers.map((specifier) => import(specifier)));
  return new Map(
    modules.flatMap((module, at) =>
      Object.keys(module).map((name) => /** @type {const} */ ([name, specifiers[at] ?? ""])),
    ),
  );
}

/** Those that only compile, by the beginning of their names, and why. @type {Record<string, string>} */
const onlyCompile = {
  "example-identity": "the gate reference runs them, with things made for each",
  "example-federation": "an identity provider and a page to leave; the gate federation has them",
  "example-stores-durable-store": "a Durable Object; the gate stores-vault has one",
  "example-stores-token-vault": "a Durable Object; the gate stores-vault has one",
  "example-stores-deno-kv-store": "Deno's flag --unstable-kv; a case of its own has it",
  "guide-node-2": "a client's certificate",
  "guide-configuration-2": "a clouds.yaml in the reader's home",
  "example-v2": "a server of Identity v2.0; cases of their own have one",
  "example-auth-application-credential": "nothing is sent",
};

/** @param {string} root @returns {Program[]} */
export function programsIn(root) {
  const guides = readdirSync(`${root}.github/guides`).filter((file) => file.endsWith(".md"));
  const programs = [
    ...readmeBlocks(readFileSync(`${root}README.md`, "utf8")),
    ...guides
      .sort()
      .flatMap((file) => guideBlocks(file, readFileSync(`${root}.github/guides/${file}`, "utf8"))),
    ...readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .sort()
      .flatMap((file) => examplesOf(file, readFileSync(`${root}src/${file}`, "utf8"))),
  ];
  const silent = Object.keys(onlyCompile);
  return programs.map((program) => ({
    ...program,
    runs: !silent.some((start) => program.name.startsWith(start)),
    prints: program.name.startsWith("readme-"),
  }));
}

/** A block of README that makes no session is put after the first one. @param {string} text */
function readmeBlocks(text) {
  const blocks = blocksOf(text);
  const [first = ""] = blocks;
  return blocks.map((block, index) => {
    const isWhole = /import \{[^}]*\bcreateSession\b/.test(block);
    return { name: `readme-${index + 1}`, code: isWhole ? block : `${first}\n${block}` };
  });
}

/** A block of a guide imports what it uses. @param {string} file @param {string} text */
function guideBlocks(file, text) {
  return blocksOf(text).map((block, index) => ({
    name: `guide-${file.replace(/\.md$/, "")}-${index + 1}`,
    code: [...introduce(block, new Map(), []), block].join("\n"),
  }));
}

/** @param {string} text */
const blocksOf = (text) =>
  [...text.matchAll(/^ *```(?:ts|js)\n(.*?)^ *```/gms)].map(([, code = ""]) => code);

/** An example of a doc comment is shown where it is imported from. @param {string} file @param {string} text */
function examplesOf(file, text) {
  const comments = [...text.matchAll(/\/\*\*(?:(?!\*\/).)*\*\//gs)].map(([comment]) =>
    comment.replace(/^ *\/?\*+\/? ?|\*\/$/gm, ""),
  );
  const examples = comments.flatMap((comment) => {
    const [, example] = /^@example\n(.*?)(?=^@|(?![\s\S]))/ms.exec(comment) ?? [];
    return example ? [example] : [];
  });
  const isIdentity = file.startsWith("identity/");
  const places = isIdentity ? new Map([...homes, ...identityHomes]) : homes;
  const name = `example-${file.replace(/\.ts$/, "").replaceAll("/", "-")}`;
  return examples.map((code, index) => ({
    name: `${name}-${index + 1}`,
    code: [...introduce(code, places, isIdentity ? madeNames : []), code].join("\n"),
  }));
}

/**
 * The beginning of a program: imports, and types of what is passed to it.
 * @param {string} code
 * @param {ReadonlyMap<string, string>} places by name, where it is imported from
 * @param {readonly string[]} things ids that it may name
 */
function introduce(code, places, things) {
  const imported = [...code.matchAll(/^import (?:type )?\{([^}]*)\}/gm)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.replace("type ", "").trim()),
  );
  const types = new Map([
    ...["id", ...things].map((id) => /** @type {const} */ ([id, "string"])),
    ...Object.entries(given),
  ]);
  const names = new Set([...types.keys(), ...places.keys()]);
  const free = [...names].filter((name) => !imported.includes(name) && isFree(code, name));
  const isUsedAsOurs = (/** @type {string} */ name) =>
    new RegExp(`(?<![.\\w])${name}\\(`).test(code) || identityHomes.get(name) === places.get(name);
  return [
    ...free.map((name) => {
      const type = types.get(name);
      const place = places.get(name);
      return place && (!type || isUsedAsOurs(name))
        ? `import { ${name} } from "${place}";`
        : `declare const ${name}: ${type};`;
    }),
    // Otherwise it is a script, whose names are global.
    "export {};",
  ];
}
