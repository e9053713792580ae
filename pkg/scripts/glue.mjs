// wasm-bindgen's glue keeps the running module in a variable of its own, and would give it back for ever, even
// after a trap. It is made into a factory here: each call has a state of its own.
import { transform } from "esbuild";

/** The source of a module whose default export makes a fresh glue. */
export async function wrapGlue(name, source) {
  const own = ownStart(name === "payment" ? captureRandom(source) : source);
  const { code } = await transform(own, { format: "esm", target: "es2022", treeShaking: true });
  const factory = `${name === "payment" ? captured : ""}
export default function create() {
  ${returnExports(code)}
}
`;
  return (await transform(factory, { minify: true, format: "esm", target: "es2022" })).code;
}

/** esbuild gathers all exports in one last statement. */
function returnExports(code) {
  const found = /^export \{([^}]*)\};\s*$/m.exec(code);
  if (!found || code.match(/^export /gm)?.length !== 1) throw new Error("expected one export statement in the glue");
  const members = found[1].split(",").map((item) => item.trim().split(" as ").reverse().join(": "));
  return code.replace(found[0], `return { ${members.join(", ")} };`);
}

const start = "export { initSync, __wbg_init as default };";

/** Starts from a compiled module alone: fetching, and telling why it failed, is done elsewhere. */
function ownStart(source) {
  if (!source.includes(start)) throw new Error(`expected "${start}" at the end of the glue`);
  return source.replace(
    start,
    `export default async (module) => __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);`,
  );
}

const random = "globalThis.crypto.getRandomValues(";

/** Taken when the module is imported: a script that replaces it later gets no say in the keys. */
const captured = "const getRandomValues = globalThis.crypto?.getRandomValues.bind(globalThis.crypto);\n";

function captureRandom(source) {
  if (!source.includes(random)) throw new Error(`expected ${random} in the glue of payment`);
  return source.replaceAll(random, "getRandomValues(");
}
