/** `npx storefront-privacy well-known` and `storefront-privacy/well-known`: the same files as from the crate, by the same vectors. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { passkeyEndpoints, relatedOrigins } from "storefront-privacy/well-known";

const root = join(import.meta.dirname, "../..");
const vectors = JSON.parse(await readFile(join(root, "tests/vectors/passkey/well-known.json"), "utf8"));

/** @returns {Promise<{code: number, output: string}>} */
const run = (...words) =>
  new Promise((resolve) => {
    execFile("node", [join(root, "pkg/bin/storefront-privacy.mjs"), "well-known", ...words], (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }));
  });

test("the package gives what the crate gives, and refuses what it refuses", () => {
  for (const [list, verb] of [["origins", relatedOrigins], ["endpoints", passkeyEndpoints]]) {
    assert.ok(vectors[list].length >= 8);
    for (const { from, json } of vectors[list]) {
      if (json === null) assert.throws(() => verb(from), { name: "PrivacyError", code: "input.invalid" }, JSON.stringify(from));
      else assert.equal(verb(from), json);
    }
  }
});

test("the command writes the files that were asked for", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "well-known-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  assert.equal((await run(folder, "--origin", "https://shop.example", "--origin", "https://shop.test")).code, 0);
  assert.deepEqual(await readdir(folder), ["webauthn"]);
  assert.deepEqual(JSON.parse(await readFile(join(folder, "webauthn"), "utf8")), { origins: ["https://shop.example", "https://shop.test"] });
  assert.equal((await run(folder, "--enroll", "https://shop.example/account", "--prf-usage", "https://shop.example/keys")).code, 0);
  assert.deepEqual(JSON.parse(await readFile(join(folder, "passkey-endpoints"), "utf8")), { enroll: "https://shop.example/account", prfUsageDetails: "https://shop.example/keys" });
});

test("the command says what is wrong, and writes nothing", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "well-known-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const refused = await run(folder, "--origin", "shop.example");
  assert.deepEqual(refused, { code: 2, output: "input.invalid: well-known: expected an origin such as https://shop.example at place 0\n" });
  for (const words of [[folder], [], [folder, folder, "--enroll", "https://shop.example"], [folder, "--base", "/", "--enroll", "https://shop.example"]]) {
    assert.equal((await run(...words)).code, 2, words.join(" "));
  }
  assert.deepEqual(await readdir(folder), []);
});
