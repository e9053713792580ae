// Writes the data files of src/password from the packages that they are derived from: the same packages give the same
// bytes. `NOTICE` beside each file says which, and under which licence.
//
//     node tests/data/build.mjs [--check]     --check: writes nothing, and fails where a file is not what it would be
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { files } from "./files.mjs";

const root = join(import.meta.dirname, "../..");
const check = process.argv.includes("--check");
for (const [path, bytes] of await files()) {
  const place = join(root, path);
  const kept = await readFile(place).catch(() => Buffer.alloc(0));
  const same = kept.equals(bytes);
  console.log(`${same ? "kept" : check ? "differs" : "written"}  ${path}  ${bytes.length} bytes`);
  if (!same && check) process.exitCode = 1;
  if (!same && !check) await writeFile(place, bytes);
}
