/** What an entry of the package exports, as its doc comments and declarations tell. */
import { relative } from "node:path";
import ts from "typescript";

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {"function" | "class" | "type" | "namespace"} kind
 * @property {string} text the comment, without its tags
 * @property {readonly { class: string, when: string }[]} throws
 * @property {string | undefined} see
 * @property {string | undefined} example
 * @property {string} code the declaration: a function's head, all of a type
 * @property {string} file where it is, below src
 * @property {readonly Entry[]} members of a namespace
 */

/**
 * @param {string} root the project's
 * @param {readonly string[]} files entries, below the root
 * @returns {Entry[][]} for each of the files what it exports, in the order of its declaration
 */
export function readEntries(root, files) {
  const paths = files.map((file) => `${root}${file}`);
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const program = ts.createProgram(paths, options);
  const checker = program.getTypeChecker();

  /** @param {ts.Symbol} symbol @returns {ts.Symbol} */
  const real = (symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

  /** @param {ts.Symbol} module @returns {Entry[]} */
  const exportsOf = (module) =>
    checker
      .getExportsOfModule(module)
      .map((symbol) => entryOf(symbol.name, real(symbol)))
      .filter((entry) => entry !== undefined);

  /** @param {string} name @param {ts.Symbol} symbol @returns {Entry | undefined} */
  function entryOf(name, symbol) {
    const [node] = symbol.declarations ?? [];
    if (!node) return undefined;
    const kind = kindOf(node);
    const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    const tags = symbol.getJsDocTags();
    const text = (/** @type {string} */ tag) =>
      tags.filter((one) => one.name === tag).map((one) => ts.displayPartsToString(one.text).trim());
    return {
      name,
      kind,
      text: comment,
      throws: text("throws").map(thrown),
      see: text("see")[0]?.replace(/^.*?(https:)/s, "$1"),
      example: text("example")[0],
      code: codeOf(node, name),
      file: relative(`${root}src`, node.getSourceFile().fileName),
      members: kind === "namespace" ? exportsOf(symbol) : [],
    };
  }

  return paths.map((path) => {
    const file = program.getSourceFile(path);
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${path} exports nothing`);
    return exportsOf(module);
  });
}

/** @param {ts.Node} node @returns {Entry["kind"]} */
function kindOf(node) {
  if (ts.isSourceFile(node)) return "namespace";
  if (ts.isFunctionDeclaration(node)) return "function";
  return ts.isClassDeclaration(node) ? "class" : "type";
}

/** @param {string} text as in `{NotFoundError} if there is none.` */
function thrown(text) {
  const [, type = "", when = ""] = /^\{?(\w+)\}?\s*(.*)$/s.exec(text) ?? [];
  return { class: type, when: when.replace(/\s+/g, " ") };
}

/** The declaration as it stands in the source, without its comment. @param {ts.Node} node @param {string} name */
function codeOf(node, name) {
  const source = node.getSourceFile().text;
  if (ts.isFunctionDeclaration(node) && node.body) {
    const head = source.slice(node.getStart(), node.body.getStart()).trim();
    return head.replace(/^(export )?(async )?function \w+/, `function ${name}`);
  }
  if (ts.isClassDeclaration(node)) {
    // What it takes and how it keeps its name is its own business.
    const own = node.members.filter(
      (member) =>
        ts.isPropertyDeclaration(member) &&
        !/\bstatic\b|^declare readonly code:/.test(member.getText()),
    );
    const lines = own.map(
      (member) => `  ${source.slice(member.getFullStart(), member.end).trim()}`,
    );
    const base = node.heritageClauses?.[0]?.getText() ?? "";
    const body = lines.length > 0 ? `\n${lines.join("\n").replace(/\bdeclare /g, "")}\n` : "";
    return `class ${name} ${base} {${body}}`;
  }
  return ts.isSourceFile(node) ? "" : node.getText().replace(/^export /, "");
}
