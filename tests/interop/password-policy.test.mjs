/**
 * The page's policy against the core's: both make the same 100,000 cases from a seed and must come to the checksums of
 * `tests/vectors/password/policy.sums`. `tests/native/password/differential.rs` is the other half.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { attributesFor, checkPolicy, loadList } from "../data/source.mjs";
import { chooser } from "./seeded.mjs";

const root = join(import.meta.dirname, "../..");
const read = (path) => readFile(join(root, path));
const list = await loadList({ top: await read("src/password/list/top-10000.bin"), long: await read("src/password/list/long-3000.bin") });

test("the page and the core say the same of 100,000 passwords", async () => {
  const { seed, pieces, inputs, policies } = JSON.parse(await read("tests/vectors/password/policy.json"));
  const expected = String(await read("tests/vectors/password/policy.sums")).trimEnd().split("\n");
  const choose = chooser(seed);
  const found = [];
  for (let block = 0; block < 100; block += 1) {
    let sum = 0x811c9dc5;
    for (let round = 0; round < 1_000; round += 1) {
      const policy = choose.pick(policies);
      const times = 1 + choose.below(3);
      let password = Array.from({ length: choose.below(6) }, () => choose.pick(pieces).repeat(times)).join("");
      if (choose.below(200) === 0) password = password.repeat(60);
      const context = Array.from({ length: choose.below(4) }, () => choose.pick(inputs));
      const ageDays = choose.below(3) === 0 ? undefined : choose.below(180);
      const { rules, passed } = checkPolicy(policy, password, { context, list, ageDays });
      const line = rules.map(({ id, checked, met }) => `${id}${checked ? (met ? "+" : "-") : "?"}`).join("") + (passed ? "passed" : "refused");
      for (const byte of Buffer.from(line)) sum = Math.imul(sum ^ byte, 0x01000193);
    }
    found.push((sum >>> 0).toString(16).padStart(8, "0"));
  }
  for (const policy of policies) {
    const { minlength, maxlength, passwordrules } = attributesFor(policy);
    found.push(`${minlength} ${maxlength} ${passwordrules}`);
    for (const { id, code, level, source, requirement, againstNist } of checkPolicy(policy, "").rules) {
      found.push(`${id} ${code} ${level} ${source}: ${requirement}${againstNist ? " against NIST" : ""}`);
    }
  }
  assert.deepEqual(found, expected);
});

test("an answer takes at most a millisecond", (t) => {
  const passwords = ["", "monkey", "correct horse battery staple", "4nn4 $chm1dt 2026!!", "x".repeat(256), "ab".repeat(128), "😀".repeat(64), "x".repeat(1_000_000)];
  const context = ["Anna Schmidt", "anna.schmidt@moorland.example", "Harbour & Pine"];
  const took = [];
  for (let round = 0; round < 50; round += 1) {
    for (const password of passwords) {
      const start = performance.now();
      checkPolicy("nist-800-63b-4", password, { context, list });
      took.push(performance.now() - start);
    }
  }
  const median = took.sort((a, b) => a - b)[took.length / 2];
  t.diagnostic(`median ${median.toFixed(3)} ms, 99 % ${took[Math.floor(took.length * 0.99)].toFixed(3)} ms`);
  assert.ok(median <= 1, `${median} ms`);
});

test("what is no policy is refused", () => {
  for (const policy of ["toString", "", { id: "Own" }, { id: "asvs-5" }, { id: "own", minLength: 0 }, { id: "own", minLength: 2.5 }, { id: "own", maxLength: 257 }, { id: "own", minLength: 20, maxLength: 10 }, { id: "own", blocklist: -1 }, { id: "own", require: ["vowel"] }, { id: "own", require: ["digit", "digit"] }, { id: "own", maxConsecutive: 0 }, { id: "own", maxAgeDays: 0 }]) {
    assert.throws(() => checkPolicy(policy, "x"), { code: "password.policy-invalid" }, JSON.stringify(policy));
  }
  assert.throws(() => checkPolicy("asvs-5", "x", { context: Array.from({ length: 33 }, () => "a") }), { code: "input.too-long" });
});
