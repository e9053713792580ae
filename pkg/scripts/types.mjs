// Checks the built declarations, every one of them and with nothing skipped, and the type tests over them, the way
// Node.js and the way bundlers resolve the package.
import { join } from "node:path";
import ts from "typescript";

const folder = join(import.meta.dirname, "..", "test-d");
let failed = 0;
for (const [mode, file] of [
  ["nodenext", "tsconfig.json"],
  ["bundler", "tsconfig.bundler.json"],
]) {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => { throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")); } };
  const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(join(folder, file), {}, host);
  const program = ts.createProgram(fileNames, options);
  const diagnostics = [...errors, ...ts.getPreEmitDiagnostics(program), ...anyIn(program)];
  if (diagnostics.length > 0) console.error(ts.formatDiagnostics(diagnostics, { getCurrentDirectory: () => folder, getCanonicalFileName: (name) => name, getNewLine: () => "\n" }));
  console.log(`${diagnostics.length === 0 ? "ok" : "not ok"} - types as ${mode} resolves them: ${fileNames.length} files`);
  failed += diagnostics.length === 0 ? 0 : 1;
}
console.log(`${2 - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** No declaration of ours says `any`, not even one that a compiler inferred. */
function anyIn(program) {
  const found = [];
  for (const source of program.getSourceFiles()) {
    if (!source.fileName.includes("/dist/")) continue;
    const visit = (node) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) {
        found.push({ category: ts.DiagnosticCategory.Error, code: 0, messageText: "a declaration says any", file: source, start: node.getStart(), length: node.getWidth() });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}
