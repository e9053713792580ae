/** The password capability's data files are what their packages give, and the package's reader reads them. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { effWords, files, from, rankedPasswords } from "../data/files.mjs";
import { readTree } from "../data/tree.mjs";
import { leaked, readFilter, readWords } from "../data/source.mjs";

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

test("the words of passphrases are all of the EFF's long list, in its order", async () => {
  const found = [...readTree(await readFile(join(root, "src/password/generate/eff-large.bin")))];
  assert.equal(found.length, 6 ** 5);
  assert.deepEqual(found, effWords());
});

test("a filter knows every password that it was made of, and few others, as the page reads it", async (t) => {
  const ranked = await rankedPasswords();
  for (const [name, passwords] of [["from-8", from(8, ranked.slice(0, 100_000))], ["from-15", from(15, ranked)]]) {
    const bytes = await readFile(join(root, `src/password/breach/${name}.bin`));
    const filter = readFilter(bytes);
    assert.ok(passwords.every((password) => leaked(filter, password)), name);
    const known = new Set(passwords);
    let taken = 0;
    for (let number = 0; number < 100_000; number += 1) {
      const other = `other password ${number}`;
      if (!known.has(other) && leaked(filter, other)) taken += 1;
    }
    t.diagnostic(`${name}: ${bytes.length} bytes, ${(taken / 1_000).toFixed(2)} % of others`);
    assert.ok(taken < 500, `${name}: ${taken} of 100,000 others`);
    const flipped = Buffer.from(bytes);
    flipped[1_000] ^= 1;
    for (const damaged of [flipped, bytes.subarray(1), bytes.subarray(0, 20), Buffer.alloc(0)]) assert.throws(() => readFilter(damaged), { code: "load.corrupt" });
  }
});

test("damaged bytes are refused", async () => {
  const whole = await readFile(join(root, "src/password/list/top-10000.bin"));
  const flipped = Buffer.from(whole);
  flipped[9_000] ^= 4;
  for (const bytes of [flipped, whole.subarray(0, 9_000), Buffer.concat([whole, Buffer.of(0)]), Buffer.alloc(0), Buffer.from("damaged")]) {
    assert.throws(() => [...readWords(bytes)], { code: "load.corrupt" });
  }
});
