// What each subpath of the package costs a visitor: every module with what it imports statically, bundled and minified as a
// shop's bundler would; every classic script, worker, wasm module and style sheet as it is. Prints JSON.
//
// Run in pkg/ by `cargo xtask size`.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = process.cwd();
const { build } = createRequire(join(root, "package.json"))("esbuild");
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const files = new Map();
for (const [subpath, target] of Object.entries(exports)) {
  if (target === null) continue;
  const pattern = typeof target === "string" ? target : target.default;
  if (!pattern.includes("*")) {
    files.set(subpath, pattern);
    continue;
  }
  const [before, after] = pattern.split("*");
  const folder = before.slice(0, before.lastIndexOf("/") + 1);
  for (const name of namesIn(folder)) {
    const path = folder + name;
    if (path.startsWith(before) && path.endsWith(after) && path.length > before.length + after.length) {
      files.set(subpath.replace("*", path.slice(before.length, path.length - after.length)), path);
    }
  }
}

// These are in one file already, and no bundler reads them.
const asTheyAre = /\.global\.js$|^\.\/dist\/(?:frame|worker)\/(?!integrity)/;
const weighed = new Map();
const sizes = [];
for (const [subpath, path] of files) {
  const one = `${subpath.replace(/\.(wasm|js)$/, "")} ${path}`;
  if (!/\.(js|css|wasm)$/.test(path) || weighed.has(one)) continue;
  weighed.set(one, subpath);
  const module = path.endsWith(".js") && !asTheyAre.test(path);
  sizes.push({ subpath, ...weigh(module ? await bundle(path) : readFileSync(join(root, path))) });
}
// What the password field costs the main thread in ordinary use, in one minified bundle: what every page with the field loads, which is
// the row of `./elements/password-field`, and what the first focus brings, which is the workers' ends on the page and the meter. Not in it
// are texts and style sheets, which are files of their own, the workers, and what only some shoppers or pages fetch: other languages, the
// reasons of a failure, the list's decoder where no worker may run, crack times, the online breach check, the offer of a password.
const apart = /\/(password-dress|languages|refusal|broken|list|crack-times|password-breach|password-suggestion)\.js$/;
const field = await whole("./dist/elements/password-field.js", apart);
if (field) sizes.push({ subpath: "password field, main thread", ...weigh(field) });
// Tier 0: the policy, the worker that decodes and its end on the page, and the list of the 10,000 most common passwords.
const tier0 = field && Buffer.concat([await whole("./dist/lib/password/policy.js"), await whole("./dist/lib/password/lists.js", apart), ...["worker/password-lists.js", "data/password-list.bin"].map((path) => readFileSync(join(root, "dist", path)))]);
if (tier0) sizes.push({ subpath: "password tier 0", ...weigh(tier0) });
// What a shopper's browser fetches for the isolated card form in English: the element, the frame's script, the module, each by itself.
const parts = ["./elements/payment-form", "./frame/payment.js", "./wasm/payment.wasm"].map((subpath) => sizes.find((one) => one.subpath === subpath));
const sum = (measure) => parts.reduce((total, part) => total + part[measure], 0);
if (parts.every(Boolean)) sizes.push({ subpath: "card form, whole", raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") });
sizes.sort((a, b) => (a.subpath < b.subpath ? -1 : 1));
console.log(JSON.stringify(sizes, null, 2));

function namesIn(folder) {
  try {
    return readdirSync(join(root, folder));
  } catch {
    return [];
  }
}

/** The entry and the chunks that it needs before it can run; what it imports later is not counted. */
async function bundle(path) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    entryPoints: [path],
    format: "esm",
    logLevel: "error",
    metafile: true,
    minify: true,
    outdir: "out",
    splitting: true,
    target: "es2022",
    write: false,
  });
  const needed = new Set();
  const visit = (name) => {
    if (needed.has(name)) return;
    needed.add(name);
    metafile.outputs[name].imports.filter(({ kind, external }) => kind === "import-statement" && !external).forEach((one) => visit(one.path));
  };
  visit(Object.keys(metafile.outputs).find((name) => metafile.outputs[name].entryPoint === path.replace(/^\.\//, "")));
  const chunks = outputFiles.filter((file) => needed.has(file.path.slice(root.length + 1)));
  return Buffer.concat(chunks.map((file) => Buffer.from(file.contents)));
}

/** An entry with all that it imports, later too, but for what is left apart. */
async function whole(path, apart) {
  if (!existsSync(join(root, path))) return null;
  const { outputFiles } = await build({
    absWorkingDir: root,
    bundle: true,
    entryPoints: [path],
    format: "esm",
    logLevel: "error",
    minify: true,
    outdir: "out",
    plugins: apart ? [{ name: "apart", setup: ({ onResolve }) => onResolve({ filter: apart }, (found) => ({ path: found.path, external: true })) }] : [],
    target: "es2022",
    write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}

function weigh(bytes) {
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }).length,
  };
}
