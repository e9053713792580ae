// The declarations of src, as TypeScript makes them; a type error ends the build.
import { join } from "node:path";
import ts from "typescript";

/** Every declaration file by the path it belongs at. */
export function declarations(root) {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(fileNames, options);
  const made = new Map();
  const { diagnostics } = program.emit(undefined, (path, text) => made.set(path, text));
  report([...errors, ...ts.getPreEmitDiagnostics(program), ...diagnostics], root);
  return made;
}

function report(diagnostics, root) {
  if (diagnostics.length === 0) return;
  const host = { getCurrentDirectory: () => root, getCanonicalFileName: (name) => name, getNewLine: () => "\n" };
  console.error(ts.formatDiagnostics(diagnostics, host));
  process.exit(1);
}
