// wasm-bindgen's glue keeps the running module in a variable of its own, and would give it back for ever, even
// after a trap. It is made into a factory here: each call has a state of its own.
import { transform } from "esbuild";

/** The source of a module whose default export makes a fresh glue. */
export async function wrapGlue(name, source) {
  const { code } = await transform(name === "payment" ? captureRandom(source) : source, { format: "cjs", target: "es2022" });
  const factory = `${name === "payment" ? captured : ""}
export default function create() {
  const module = { exports: {} };
  ${code}
  return module.exports;
}
`;
  return (await transform(factory, { minify: true, format: "esm", target: "es2022" })).code;
}

const random = "globalThis.crypto.getRandomValues(";

/** Taken when the module is imported: a script that replaces it later gets no say in the keys. */
const captured = "const getRandomValues = globalThis.crypto?.getRandomValues.bind(globalThis.crypto);\n";

function captureRandom(source) {
  if (!source.includes(random)) throw new Error(`expected ${random} in the glue of payment`);
  return source.replaceAll(random, "getRandomValues(");
}
