/** The password capability's data files are what their packages give, and the package's reader reads them. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { files, rankedPasswords } from "../data/files.mjs";
import { readWords } from "../data/source.mjs";

const root = join(import.meta.dirname, "../..");

test("every data file is derived from its package, byte for byte", async () => {
  for (const [path, bytes] of await files()) assert.ok(bytes.equals(await readFile(join(root, path))), path);
});

test("the ranked list holds exactly the 10,000 most common, each in its block", async () => {
  const expected = (await rankedPasswords()).slice(0, 10_000);
  const found = new Map(readWords(await readFile(join(root, "src/password/list/top-10000.bin"))));
  assert.equal(found.size, 10_000);
  expected.forEach((word, index) => assert.ok(index + 1 <= 2 ** found.get(word) && index + 1 > 2 ** (found.get(word) - 1), word));
});

test("damaged bytes are refused", async () => {
  const whole = await readFile(join(root, "src/password/list/top-10000.bin"));
  const flipped = Buffer.from(whole);
  flipped[9_000] ^= 4;
  for (const bytes of [flipped, whole.subarray(0, 9_000), Buffer.concat([whole, Buffer.of(0)]), Buffer.alloc(0), Buffer.from("damaged")]) {
    assert.throws(() => [...readWords(bytes)], { code: "load.corrupt" });
  }
});
