// The package's own reader, from its TypeScript: what writes the data needs no built package.
import { join } from "node:path";
import { build } from "esbuild";

const source = join(import.meta.dirname, "../../pkg/src/lib/password");

async function compiled(name) {
  const { outputFiles } = await build({ entryPoints: [join(source, name)], bundle: true, format: "esm", target: "es2022", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

export const { readWords, walk } = await compiled("words.ts");
