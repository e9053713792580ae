/** The generator as a page or a server loads it, beside the rules that tier 0 and the field know. */
import assert from "node:assert/strict";
import { test } from "node:test";

// The module's memory, to look for what it should not keep.
const memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => {
  const instance = await instantiate.apply(WebAssembly, given);
  memories.push(instance.exports.memory);
  return instance;
};
const { load } = await import("storefront-privacy/password-generate");
const { effWords } = await import("../data/files.mjs");
const { attributesFor, checkPolicy } = await import("../data/source.mjs");
const generator = await load();

const words = new Set(effWords());
const close = (found, expected) => assert.ok(Math.abs(found - expected) < 1e-9, `expected ${expected}, found ${found}`);

test("a passphrase is of the EFF's words, and worth what their number says", () => {
  for (let index = 0; index < 300; index += 1) {
    const { password, entropy } = generator.generatePassphrase({ words: 7, separator: " " });
    const parts = password.split(" ");
    assert.equal(parts.length, 7);
    assert.ok(parts.every((word) => words.has(word)), password);
    close(entropy, 7 * Math.log2(7776));
  }
  close(generator.generatePassphrase().entropy, 6 * Math.log2(7776));
  const { password, entropy } = generator.generatePassphrase({ words: 5, separator: ".", capitalise: true, number: true });
  assert.match(password, /^([A-Z][a-z-]+\d?\.){4}[A-Z][a-z-]+\d?$/);
  close(entropy, 5 * Math.log2(7776) + Math.log2(50));
});

test("a password meets its policy in the page, and its attribute", () => {
  const own = { id: "own", minLength: 10, maxLength: 40, require: ["lower", "upper", "digit", "symbol"], maxConsecutive: 1 };
  for (const policy of ["nist-800-63b-4", "nist-800-63b-4-mfa", "asvs-5", own]) {
    for (let index = 0; index < 200; index += 1) {
      const { password, entropy } = generator.generatePassword({ policy });
      assert.deepEqual(checkPolicy(policy, password).failed, [], password);
      assert.ok(entropy >= 80, String(entropy));
      assert.ok(password.length <= attributesFor(policy).maxlength);
    }
  }
  close(generator.generatePassword().entropy, 15 * Math.log2(94));
  close(generator.generatePassword({ rules: "allowed: digit", length: 6 }).entropy, 6 * Math.log2(10));
  close(generator.generatePassword({ rules: "allowed: digit", length: 6, unambiguous: true }).entropy, 6 * Math.log2(8));
  // With a letter and a digit each: all of them, without those of letters alone and those of digits alone.
  close(generator.generatePassword({ rules: "required: lower; required: digit", length: 4 }).entropy, Math.log2(36 ** 4 - 26 ** 4 - 10 ** 4));
});

test("what cannot be is refused with a code", () => {
  const refused = (options, code, message) => assert.throws(() => generator.generatePassword(options), { code, message });
  refused({ rules: "minlength: eight" }, "password.rules-invalid", "password: expected a number in the rules, at character 12");
  refused({ rules: "required: lower; required: upper; maxlength: 1" }, "password.rules-invalid", "password: expected rules that a password of 1 characters can meet");
  refused({ length: 14 }, "input.invalid", "password: expected a length from 15 to 256, found 14");
  refused({ length: 15.5 }, "input.invalid", "password: expected a length that is a whole number, found 15.5");
  refused({ length: 2 ** 32 + 15 }, "input.invalid", "password: expected a length that is a whole number, found 4294967311");
  refused({ policy: "none" }, "password.policy-invalid", /expected one of/);
  refused({ rules: "allowed: lower;".repeat(300) }, "input.too-long", "password: expected rules of at most 4096 characters, found 4500");
  assert.throws(() => generator.generatePassphrase({ words: 4 }), { code: "input.invalid", message: "password: expected 5 to 20 words, found 4" });
  assert.throws(() => generator.generatePassphrase({ words: NaN }), { code: "input.invalid" });
  assert.throws(() => generator.generatePassphrase({ separator: "\n" }), { code: "input.invalid" });
});

test("any text for rules is read or refused, and none traps", () => {
  let seed = 1;
  const below = (bound) => (seed = (seed * 48_271) % 2_147_483_647) % bound;
  const pieces = ["required", "allowed", "minlength", "maxlength", ":", ";", ",", "[", "]", "-", " ", "lower", "digit", "9", "300", "é", "\ud800", "\0"];
  let made = 0;
  for (let index = 0; index < 20_000; index += 1) {
    const rules = Array.from({ length: below(14) }, () => pieces[below(pieces.length)]).join("");
    try {
      made += generator.generatePassword({ rules }).password.length > 0 ? 1 : 0;
    } catch (error) {
      assert.equal(error.code, "password.rules-invalid", rules);
    }
  }
  assert.ok(made > 500 && made < 19_500, String(made));
});

test("the module keeps nothing of what it made", () => {
  assert.equal(memories.length, 1);
  const kept = (text) => Buffer.from(memories[0].buffer).includes(text);
  for (let index = 0; index < 50; index += 1) {
    const { password } = generator.generatePassword({ length: 40 });
    // A part of it is enough to find it by, wherever the rest may have been overwritten.
    for (let at = 0; at < 32; at += 8) assert.ok(!kept(password.slice(at, at + 8)), "a password");
    const phrase = generator.generatePassphrase({ separator: "~" }).password;
    for (let at = 0; at < phrase.length - 12; at += 1) assert.ok(!phrase.slice(at, at + 12).includes("~") || !kept(phrase.slice(at, at + 12)), "a passphrase");
  }
  assert.ok(kept("password.rules-invalid"), "a text of the module's own is there: it is its memory that was searched");
});
