/** The examples of a document, each under `<!-- example: NAME -->`, and a folder to run one of Node's in. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

export const root = resolve(import.meta.dirname, "../..");

/** Reads a document; gives its examples by name. */
export async function examplesOf(document) {
  const text = await readFile(join(root, document), "utf8");
  return (name) => {
    const found = new RegExp(`<!-- example: ${name} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(text);
    assert.ok(found, `${document} has an example of ${name}`);
    return found[1];
  };
}

/** Runs an example as a file of a project that has the package. */
export async function runInNode(code) {
  const home = join(root, "target/docs");
  await mkdir(home, { recursive: true });
  const directory = await mkdtemp(join(home, "example-"));
  try {
    await mkdir(join(directory, "node_modules"));
    await symlink(join(root, "pkg"), join(directory, "node_modules/storefront-privacy"));
    await writeFile(join(directory, "example.mjs"), code);
    await promisify(execFile)("node", ["example.mjs"], { cwd: directory });
  } finally {
    await rm(directory, { recursive: true });
  }
}
