/**
 * Where the packed tarball is installed: one project per consumer under target/packaging, all below one node_modules
 * that holds the bundlers.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const root = resolve(here, "../..");
export const home = join(root, "target/packaging");
const run = promisify(execFile);

/** Runs a command of the bundlers' node_modules, or `node` and `npm`, and gives what it printed. */
export async function command(directory, name, args, env = {}) {
  const path = `${join(home, "node_modules/.bin")}:${join(root, "tests/node_modules/.bin")}:${process.env.PATH}`;
  try {
    const { stdout, stderr } = await run(name, args, { cwd: directory, env: { ...process.env, PATH: path, ...env }, maxBuffer: 1 << 26 });
    return stdout + stderr;
  } catch (failure) {
    throw new Error(`${name} ${args.join(" ")} failed in ${directory}:\n${failure.stdout ?? ""}${failure.stderr ?? ""}`, { cause: failure });
  }
}

/** Installs the bundlers from their lock, once for each lock. */
async function installBundlers() {
  const lock = await readFile(join(here, "package-lock.json"));
  const stamp = createHash("sha256").update(lock).digest("hex");
  const stamped = join(home, "node_modules/.stamp");
  if ((await readFile(stamped, "utf8").catch(() => "")) === stamp) return;
  await mkdir(home, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) await cp(join(here, file), join(home, file));
  // Not `npm ci`: it demands that the lock lists the optional binaries of every platform, published or not.
  await command(home, "npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"]);
  await writeFile(stamped, stamp);
}

/** Packs the package as it would be published; gives the tarball's path and the files in it. */
async function pack() {
  const listed = await command(join(root, "pkg"), "npm", ["pack", "--json", "--pack-destination", home]);
  const [{ filename, files }] = JSON.parse(listed.slice(listed.indexOf("[\n")).replace(/\][^\]]*$/, "]"));
  return { tarball: join(home, filename), files: files.map((file) => file.path) };
}

let prepared;

/** The tarball, packed once for the whole suite, and the bundlers beside it. */
export function prepare() {
  prepared ??= (async () => {
    await installBundlers();
    return pack();
  })();
  return prepared;
}

/**
 * A consumer's project: the fixture's files, and the tarball installed into it.
 *
 * @param {string} name the project's folder
 * @param {string[]} fixtures folders under fixtures/ that are copied into it, in order
 */
export async function project(name, fixtures) {
  const { tarball } = await prepare();
  const directory = join(home, "apps", name);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const manifest = { name: `consumer-${name}`, private: true, type: "module", dependencies: { "storefront-privacy": `file:${tarball}` } };
  await writeFile(join(directory, "package.json"), JSON.stringify(manifest));
  await command(directory, "npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]);
  for (const fixture of fixtures) await cp(join(here, "fixtures", fixture), directory, { recursive: true });
  await cp(join(root, "tests/lib/manifest.mjs"), join(directory, "manifest.mjs"));
  return directory;
}
