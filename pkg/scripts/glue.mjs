// wasm-bindgen's glue keeps the running module in a variable of its own, and would give it back for ever, even
// after a trap. It is made into a factory here: each call has a state of its own.
import { transform } from "esbuild";
import { shrink } from "./shrink.mjs";

/** The source of a module whose default export makes a fresh glue. */
export async function wrapGlue(source) {
  const { code } = await transform(ownStart(ownText(source)), { format: "esm", target: "es2022", treeShaking: true });
  const factory = `export default function create() {
  ${returnExports(code)}
}
`;
  return shrink(captureRandom(factory), { module: true });
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

const pass = /function passStringToWasm0\(arg, malloc, realloc\) \{[\s\S]*?\n\}\n/;
const polyfill = /if \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?\n\}\n/;

/** Texts go into the memory at once: most are ASCII, and encodeInto() is ten times as fast as a loop over their characters.
 *  Every browser of the floor has it. */
function ownText(source) {
  if (!source.includes("passStringToWasm0")) return source;
  if (!pass.test(source) || !polyfill.test(source)) throw new Error("expected passStringToWasm0 and its polyfill in the glue");
  return source.replace(polyfill, "").replace(
    pass,
    `function passStringToWasm0(arg, malloc, realloc) {
  const least = arg.length;
  let ptr = malloc(least, 1) >>> 0;
  let { read, written } = cachedTextEncoder.encodeInto(arg, getUint8ArrayMemory0().subarray(ptr, ptr + least));
  if (read < least) {
    const most = written + (least - read) * 3;
    ptr = realloc(ptr, least, most, 1) >>> 0;
    written += cachedTextEncoder.encodeInto(arg.slice(read), getUint8ArrayMemory0().subarray(ptr + written, ptr + most)).written;
    ptr = realloc(ptr, most, written, 1) >>> 0;
  }
  WASM_VECTOR_LEN = written;
  return ptr;
}
`,
  );
}

const random = /(?:globalThis\.)?crypto\.getRandomValues\(/g;

/** Taken when the module is imported: a script that replaces it later gets no say in the keys. */
const captured = "const getRandomValues = globalThis.crypto?.getRandomValues.bind(globalThis.crypto);\n";

function captureRandom(source) {
  const own = source.replace(random, "getRandomValues(");
  if (/\.getRandomValues\b/.test(own)) throw new Error("expected the glue to take random bytes from crypto.getRandomValues(…) alone");
  return own === source ? source : captured + own;
}
