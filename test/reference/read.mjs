/** What an entry of the package exports, from its doc comments and declarations. */
import { relative } from "node:path";
import ts from "typescript";

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {"function" | "constant" | "class" | "type" | "namespace"} kind
 * @property {string} text the comment, without its tags
 * @property {readonly { class: string, when: string }[]} throws
 * @property {string | undefined} see
 * @property {string | undefined} example
 * @property {string} code the declaration: a function's head, a constant's type, all of a type
 * @property {string | undefined} errorCode of a class of errors: the word in its `code`
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
      code: ts.isVariableDeclaration(node) ? constantOf(node, name) : codeOf(node, name),
      errorCode: errorCodeOf(node),
      file: relative(`${root}src`, node.getSourceFile().fileName),
      members: kind === "namespace" ? exportsOf(symbol) : [],
    };
  }

  /** Its name and type; what is in it is its own business. @param {ts.VariableDeclaration} node @param {string} name */
  function constantOf(node, name) {
    const type = checker.getTypeAtLocation(node);
    const whole = ts.TypeFormatFlags.NoTruncation;
    const written = node.type?.getText() ?? checker.typeToString(type, node, whole);
    return `const ${name}: ${written};`;
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
  if (ts.isVariableDeclaration(node)) return "constant";
  return ts.isClassDeclaration(node) ? "class" : "type";
}

/** @param {string} text as in `{NotFoundError} if there is none.` */
function thrown(text) {
  const [, type = "", when = ""] = /^\{?(\w+)\}?\s*(.*)$/s.exec(text) ?? [];
  return { class: type, when: when.replace(/\s+/g, " ") };
}

/** @param {ts.Node} node @returns {string | undefined} the word in the `code` of a class of errors */
function errorCodeOf(node) {
  if (!ts.isClassDeclaration(node)) return undefined;
  const code = node.members.find((member) => member.name?.getText() === "code");
  const text = code && ts.isPropertyDeclaration(code) ? code.initializer?.getText() : undefined;
  return text && /^"(\w+)"/.exec(text)?.[1];
}

/** The declaration as it stands in the source, without its comment. @param {ts.Node} node @param {string} name */
function codeOf(node, name) {
  const source = node.getSourceFile().text;
  if (ts.isFunctionDeclaration(node) && node.body) {
    const head = source.slice(node.getStart(), node.body.getStart()).trim();
    return head.replace(/^(export )?(async )?function \w+/, `function ${name}`);
  }
  if (ts.isClassDeclaration(node)) {
    // Constructor parameters, private members and static blocks are left out.
    const own = node.members.filter(
      (member) =>
        (ts.isPropertyDeclaration(member) ||
          ts.isGetAccessorDeclaration(member) ||
          (ts.isMethodDeclaration(member) && !member.body)) &&
        !ts.isPrivateIdentifier(member.name) &&
        !/\bstatic\b/.test(member.getText()),
    );
    const lines = own.map((member) => {
      const text = source.slice(member.getFullStart(), member.end).trim();
      // A getter is shown as what a reader sees of it.
      const getter = /\bget (\w+)\(\): ([^{]+?) \{.*$/s;
      const shown = ts.isGetAccessorDeclaration(member)
        ? text.replace(getter, "readonly $1: $2;")
        : text;
      return `  ${shown}`;
    });
    const parameters = node.typeParameters?.map((one) => one.getText()).join(", ");
    const base = node.heritageClauses?.[0]?.getText();
    const body = lines.length > 0 ? `\n${lines.join("\n").replace(/\bdeclare /g, "")}\n` : "";
    return `class ${name}${parameters ? `<${parameters}>` : ""} ${base ? `${base} ` : ""}{${body}}`;
  }
  return ts.isSourceFile(node) ? "" : node.getText().replace(/^export /, "");
}
