/** How much of what others publish as examples redaction finds: telephone numbers of every country, and account numbers. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

import { countrySpecs, isValidIBAN } from "ibantools";
import { getExampleNumber } from "libphonenumber-js";
import { load } from "storefront-privacy/consent-minimise";

const require = createRequire(import.meta.url);
const examples = JSON.parse(await readFile(require.resolve("libphonenumber-js/examples.mobile.json"), "utf8"));
const { redact, pseudonym } = await load();

/** The share of texts of which nothing of the number is left. */
const recall = (texts, placeholder) => {
  const missed = texts.filter((text) => redact(`Call ${text} today`) !== `Call ${placeholder} today`);
  return { share: (texts.length - missed.length) / texts.length, count: texts.length, missed };
};

test("telephone numbers of libphonenumber's examples", () => {
  const numbers = Object.keys(examples).map((country) => getExampleNumber(country, examples));
  const international = recall(numbers.map((number) => number.formatInternational()), "[phone]");
  const compact = recall(numbers.map((number) => number.number), "[phone]");
  console.log(`# recall: ${international.count} international ${international.share}, E.164 ${compact.share}`);
  assert.ok(international.count > 200);
  assert.ok(international.share > 0.97, international.missed.join("\n"));
  assert.ok(compact.share > 0.97, compact.missed.join("\n"));
});

test("account numbers of every country whose form ibantools knows", () => {
  const ibans = [];
  for (const [country, { chars, bban_regexp: pattern }] of Object.entries(countrySpecs)) {
    if (!chars || !pattern) continue;
    const bban = [...pattern.matchAll(/\[([A-Z0-9-]+)\]\{(\d+)\}/g)].map(([, letters, count]) => (letters.startsWith("0-9") ? "1" : "A").repeat(Number(count))).join("");
    const digits = `${bban}${country}00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
    const check = 98n - (BigInt(digits) % 97n);
    const iban = `${country}${String(check).padStart(2, "0")}${bban}`;
    if (isValidIBAN(iban)) ibans.push(iban);
  }
  const plain = recall(ibans, "[iban]");
  const printed = recall(ibans.map((iban) => iban.match(/.{1,4}/g).join(" ")), "[iban]");
  console.log(`# recall: ${plain.count} accounts ${plain.share}, in groups ${printed.share}`);
  assert.ok(plain.count > 50);
  assert.deepEqual([...plain.missed, ...printed.missed], []);
});

test("a pseudonym is what two HMACs give", async () => {
  const { createHmac } = await import("node:crypto");
  const secret = new Uint8Array(32).fill(9);
  const purpose = "analytics";
  const label = Buffer.concat([Buffer.from("storefront-privacy pseudonym 1\n"), Buffer.of(0, purpose.length), Buffer.from(purpose), Buffer.of(0, 0, 0, 0, 0, 0, 0x51, 0x31)]);
  const key = createHmac("sha256", secret).update(label).digest();
  assert.equal(pseudonym(secret, "id", purpose, 0x5131), createHmac("sha256", key).update("id").digest().subarray(0, 16).toString("base64url"));
  assert.throws(() => pseudonym(secret, "id", purpose, 1.5), { code: "input.invalid" });
  assert.throws(() => pseudonym(new Uint8Array(8), "id", purpose, 1), { code: "input.invalid" });
});
