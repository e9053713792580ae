// The package's own readers and rules, from their TypeScript: what writes the data needs no built package.
import { join } from "node:path";
import { build } from "esbuild";

const { outputFiles } = await build({
  stdin: {
    contents: ["words", "list", "policy", "breach"].map((name) => `export * from "./${name}.ts";`).join("\n"),
    resolveDir: join(import.meta.dirname, "../../pkg/src/lib/password"),
    loader: "ts",
  },
  bundle: true,
  format: "esm",
  target: "es2022",
  write: false,
});

export const { attributesFor, checkPolicy, digest, leaked, loadList, readFilter, readWords, three, walk } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
