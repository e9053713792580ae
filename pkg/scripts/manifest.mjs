// The custom elements manifest (schema 1.0.0), read from the documentation of each element's class.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";

/** The manifest of every element in a folder. */
export async function manifest(folder, version) {
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => /(?<!\.d)\.ts$/.test(name)).sort() : [];
  const modules = await Promise.all(
    names.map(async (name) => moduleOf(`dist/elements/${name.replace(/\.ts$/, ".js")}`, parse(name, await readFile(join(folder, name), "utf8")))),
  );
  return { schemaVersion: "1.0.0", readme: "README.md", package: { name: "storefront-privacy", version }, modules };
}

function parse(name, text) {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
}

function moduleOf(path, source) {
  const classes = source.statements.filter((statement) => ts.isClassDeclaration(statement) && tagsOf(statement, "tag").length > 0);
  return {
    kind: "javascript-module",
    path,
    declarations: classes.map(elementOf),
    exports: classes.flatMap((node) => {
      const declaration = { name: node.name.text, module: path };
      return [
        { kind: "js", name: node.name.text, declaration },
        { kind: "custom-element-definition", name: tagsOf(node, "tag")[0], declaration },
      ];
    }),
  };
}

function elementOf(node) {
  return {
    kind: "class",
    name: node.name.text,
    ...described(node),
    ...(tagsOf(node, "summary")[0] && { summary: tagsOf(node, "summary")[0] }),
    customElement: true,
    tagName: tagsOf(node, "tag")[0],
    superclass: { name: "HTMLElement" },
    attributes: typed(node, "attr"),
    members: node.members.flatMap(memberOf),
    events: typed(node, "event"),
    slots: named(node, "slot"),
    cssParts: named(node, "csspart"),
    cssProperties: named(node, "cssproperty"),
    cssStates: named(node, "cssstate"),
  };
}

const lifecycle = /^(connected|disconnected|adopted|attributeChanged|formAssociated|formDisabled|formReset|formStateRestore|connectedMove)/;

/** What a page may use of a member: nothing private, protected or called by the browser alone. */
function memberOf(node) {
  const name = node.name?.getText();
  const modifiers = (ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined) ?? [];
  const has = (kind) => modifiers.some((modifier) => modifier.kind === kind);
  if (!name || name.startsWith("#") || lifecycle.test(name)) return [];
  if (has(ts.SyntaxKind.ProtectedKeyword) || has(ts.SyntaxKind.PrivateKeyword) || has(ts.SyntaxKind.StaticKeyword)) return [];
  const type = node.type && { type: { text: node.type.getText() } };
  if (ts.isMethodDeclaration(node)) {
    const parameters = node.parameters.map((parameter) => ({
      name: parameter.name.getText(),
      ...(parameter.type && { type: { text: parameter.type.getText() } }),
      ...((parameter.questionToken || parameter.initializer) && { optional: true }),
    }));
    return [{ kind: "method", name, ...described(node), parameters, ...(type && { return: type }) }];
  }
  if (!ts.isPropertyDeclaration(node) && !ts.isGetAccessor(node)) return [];
  const settable = !has(ts.SyntaxKind.ReadonlyKeyword) && (!ts.isGetAccessor(node) || node.parent.members.some((other) => ts.isSetAccessor(other) && other.name.getText() === name));
  return [{ kind: "field", name, ...described(node), ...type, ...(!settable && { readonly: true }) }];
}

function described(node) {
  const text = (node.jsDoc ?? []).map((comment) => ts.getTextOfJSDocComment(comment.comment)).filter(Boolean).join("\n\n");
  return text ? { description: text } : {};
}

function tagsOf(node, name) {
  return ts
    .getJSDocTags(node)
    .filter((tag) => tag.tagName.text === name)
    .map((tag) => (ts.getTextOfJSDocComment(tag.comment) ?? "").replace(/\s+/g, " ").trim());
}

/** `{type} name - description` */
function typed(node, tag) {
  return tagsOf(node, tag).map((text) => {
    const [, type, rest] = /^(?:\{(.*?)\}\s*)?(.*)$/.exec(text);
    return { ...split(rest), ...(type && { type: { text: type } }) };
  });
}

/** `name - description`; an element's default slot has no name. */
function named(node, tag) {
  return tagsOf(node, tag).map(split);
}

function split(text) {
  const [, name, description] = /^(\S*)\s*(?:-\s*)?(.*)$/.exec(text);
  return name === "-" ? { name: "", description } : { name, ...(description && { description }) };
}
