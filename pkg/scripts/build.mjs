// Builds dist from src and from the wasm modules and their glue, which `cargo xtask build` puts into dist/wasm.
// It can run at any time and any number of times: the same sources give the same bytes, a file that has not
// changed is not touched, and one that is no longer made is removed.
//
//     node scripts/build.mjs [--partial]     --partial: leave out modules that are not built yet
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { build } from "esbuild";
import { declarations } from "./declarations.mjs";
import { wrapGlue } from "./glue.mjs";
import { manifest } from "./manifest.mjs";
import { shrink } from "./shrink.mjs";

const root = join(import.meta.dirname, "..");
const from = join(root, "src");
const to = join(root, "dist");
const capabilities = ["password", "password-generate", "passkey", "passkey-fallback", "payment", "payment-hpke", "payment-rsa", "consent", "consent-iab", "consent-minimise", "consent-receipts", "consent-signals", "tools"];
// Node's own: the command reads its file.
const tools = "payment-tools";
const documents = ["README.md", "CHANGELOG.md", "SECURITY.md", "VERSIONING.md", "LICENSE-APACHE", "LICENSE-MIT"];
const datafiles = {
  "data/password-list.bin": "list/top-10000.bin",
  "data/password-list-long.bin": "list/long-3000.bin",
  "data/password-leaked-8.bin": "breach/from-8.bin",
  "data/password-leaked-15.bin": "breach/from-15.bin",
  "data/NOTICE": "list/NOTICE",
  "data/NOTICE-password-generate": "generate/NOTICE",
};
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const common = {
  absWorkingDir: root,
  define: { VERSION: JSON.stringify(version) },
  minify: true,
  target: "es2022",
  write: false,
  logLevel: "error",
};

/** What this run makes, by path inside dist. */
const made = new Map();

const modules = await availableModules(process.argv.includes("--partial"));
const sources = await list(from);
await Promise.all([scripts(), styles(), glue(), types(), data(), providers(), schemas(), words()]);
const classics = sources.filter((path) => path.endsWith(".global.ts"));
await Promise.all([...classics.map((path) => classic(path, path.replace(/\.ts$/, ".js"))), ...(modules.includes("password") ? ["password", "password-lists"].map(worker) : []), ["payment", "payment-hpke", "payment-rsa"].every((name) => modules.includes(name)) && frame()]);
made.set("custom-elements.json", `${JSON.stringify(await manifest(join(from, "elements"), version), null, 2)}\n`);
await Promise.all([...made].map(([path, contents]) => write(join(to, path), contents)));
await prune();
await Promise.all(documents.map(copyDocument));

async function availableModules(partial) {
  const all = [...capabilities, tools];
  const present = all.filter((name) => ["wasm", "js"].every((suffix) => existsSync(join(to, "wasm", `${name}.${suffix}`))));
  const missing = all.filter((name) => !present.includes(name));
  if (missing.length > 0 && !partial) {
    console.error(`dist/wasm lacks ${missing.join(", ")}: run \`cargo xtask build\`, or this script with --partial`);
    process.exit(1);
  }
  return present;
}

/** Every module on its own, so that a bundler keeps what a page uses, and no file is in two bundles. A module is always
 *  read as UTF-8 (HTML, "fetch a single module script"), so that letters need no escapes, as a classic script's would. */
async function scripts() {
  const entryPoints = sources.filter((path) => /(?<!\.d)\.ts$/.test(path) && !/^(frame|worker)\/|\.global\.ts$/.test(path));
  const { outputFiles } = await build({ ...common, entryPoints: entryPoints.map((path) => join(from, path)), outbase: from, outdir: to, format: "esm", charset: "utf8" });
  for (const { path, text } of outputFiles) made.set(inside(to, path), await shrink(text, { module: true }));
}

/** Each sheet twice, with what it imports: as a file that a page links, and as a module that holds its text. */
async function styles() {
  for (const path of sources.filter((name) => name.endsWith(".css"))) {
    const { outputFiles } = await build({ ...common, entryPoints: [join(from, path)], outdir: to, bundle: true });
    const code = outputFiles[0].text;
    made.set(path, code);
    made.set(`${path}.js`, `export default ${JSON.stringify(code.trim())};\n`);
  }
}

/** Each module's glue as a factory, and its bytes for the `/inline` twin. */
async function glue() {
  for (const name of modules) {
    made.set(`glue/${name}.js`, await wrapGlue(await readFile(join(to, "wasm", `${name}.js`), "utf8")));
    if (name === tools) continue;
    const bytes = await readFile(join(to, "wasm", `${name}.wasm`));
    made.set(`inline/${name}.js`, `export default()=>Uint8Array.from(atob("${bytes.toString("base64")}"),c=>c.charCodeAt(0));\n`);
  }
}

/** What the core and the page read alike, each folder of it with the notice of its licence. */
async function data() {
  for (const [path, original] of Object.entries(datafiles)) made.set(path, await readFile(join(root, "../src/password", original)));
  const [top, long] = ["data/password-list.bin", "data/password-list-long.bin"].map((path) => made.get(path).toString("base64"));
  made.set("inline/password-lists.js", `const b=t=>Uint8Array.from(atob(t),c=>c.charCodeAt(0));export default()=>({top:b("${top}"),long:b("${long}")});\n`);
}

/** Names of passkey providers, as a module that is fetched when a list of passkeys is shown. */
async function providers() {
  const names = JSON.parse(await readFile(join(from, "data/passkey-providers.json"), "utf8"));
  made.set("data/passkey-providers.js", `export default ${JSON.stringify(names)};\n`);
  made.set("data/NOTICE-passkey-providers", await readFile(join(from, "data/NOTICE-passkey-providers"), "utf8"));
}

/** JSON Schemas, as they are written. */
async function schemas() {
  for (const path of sources.filter((name) => name.startsWith("schemas/"))) made.set(path, await readFile(join(from, path), "utf8"));
}

/** Words that are data, one file a language: each as a module of its own. The core has the banner's too. */
async function words() {
  const kinds = [
    ["banner", "BannerLocale", "../src/consent/words/banner"],
    ["settings", "SettingsLocale", "src/locales/settings"],
  ];
  for (const [kind, type, place] of kinds) {
    const folder = join(root, place);
    for (const path of (await list(folder)).filter((name) => name.endsWith(".json"))) {
      const name = `locales/${kind}/${path.replace(/\.json$/, ".words")}`;
      made.set(`${name}.js`, `export default ${JSON.stringify(JSON.parse(await readFile(join(folder, path), "utf8")))};\n`);
      made.set(`${name}.d.ts`, `import type { ${type} } from "../../lib/consent-words.js";\ndeclare const words: ${type};\nexport default words;\n`);
    }
  }
}

/** Declarations: compiled ones, and those written by hand for what has no source here. */
async function types() {
  for (const [path, text] of declarations(root)) made.set(inside(to, path), text);
  for (const path of sources.filter((name) => /^(data|frame|glue|inline)\/.*\.d\.ts$/.test(name))) {
    made.set(path, await readFile(join(from, path), "utf8"));
  }
}

/** A worker in one file: a worker's own imports would be out of the page's and the bundler's sight. */
async function worker(name) {
  const text = await classic(`worker/${name}.ts`, `worker/${name}.js`);
  // Vite turns a smaller asset into a data: address, which a strict worker-src refuses.
  if (text.length <= 4096) throw new Error(`worker/${name}.js must stay above 4096 bytes, found ${text.length}`);
}

/** The card's frame in one file: a frame of no origin may load no module. It runs no other wasm than this build's, and the page loads
 *  no other file than this one, by their digests. */
async function frame() {
  const digest = (contents) => createHash("sha384").update(contents).digest("base64");
  const digests = {};
  for (const name of ["payment", "payment-hpke", "payment-rsa"]) digests[name] = digest(await readFile(join(to, `wasm/${name}.wasm`)));
  const define = { MODULE_DIGESTS: JSON.stringify(digests) };
  // What a bundle begins with is the bundler's: what is to be the first statement is a script of its own.
  const text = (await classic("frame/close.ts", "frame/close.js")) + (await classic("frame/payment.ts", "frame/payment.js", define));
  made.delete("frame/close.js");
  made.set("frame/payment.js", text);
  made.set("frame/integrity.js", `export default "sha384-${digest(text)}";\n`);
}

async function classic(source, path, define = {}) {
  const { outputFiles } = await build({
    ...common,
    define: { ...common.define, ...define },
    entryPoints: [join(from, source)],
    outfile: join(to, path),
    bundle: true,
    format: "iife",
    // What package.json says of side effects is about dist.
    ignoreAnnotations: true,
    plugins: [{ name: "made", setup: resolveMade }],
  });
  const text = await shrink(outputFiles[0].text, { module: false });
  made.set(path, text);
  return text;
}

function resolveMade({ onResolve, onLoad }) {
  // Languages, and what clears, stay files of their own, which a page fetches when it needs them.
  onResolve({ filter: /\/lib\/banner-languages\.js$/ }, () => ({ path: "./lib/banner-languages.js", external: true }));
  onResolve({ filter: /\/shared\/withdrawn\.js$/ }, () => ({ path: "./elements/shared/withdrawn.js", external: true }));
  const filter = /\/(glue\/[\w-]+|styles\/[\w-]+\.css)\.js$/;
  onResolve({ filter }, ({ path }) => ({ path: path.replace(/^(\.\.?\/)+/, ""), namespace: "made" }));
  onLoad({ filter: /.*/, namespace: "made" }, ({ path }) => ({ contents: made.get(path), loader: "js" }));
}

/** What an earlier run made and this one did not; dist/wasm is not ours. */
async function prune() {
  for (const path of await list(to)) {
    if (!made.has(path) && !path.startsWith("wasm/")) await rm(join(to, path));
  }
}

/** The tarball holds the documents of the repository's root. */
async function copyDocument(name) {
  const original = join(root, "..", name);
  if (existsSync(original)) await write(join(root, name), await readFile(original, "utf8"));
}

async function write(path, contents) {
  if (existsSync(path) && (await readFile(path)).equals(Buffer.from(contents))) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}

async function list(folder) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => inside(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function inside(folder, path) {
  return relative(folder, path).split(sep).join("/");
}
