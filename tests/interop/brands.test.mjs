/** Brands, lengths, check digits and codes beside credit-card-type and card-validator, while a number is typed. */
import assert from "node:assert/strict";
import { before, test } from "node:test";

import validator from "card-validator";
import types from "credit-card-type";
import { load } from "storefront-privacy/payment";

import { chooser } from "./seeded.mjs";

/** Their names of the brands that both know. */
const OURS = {
  visa: "visa",
  mastercard: "mastercard",
  "american-express": "amex",
  "diners-club": "diners",
  discover: "discover",
  jcb: "jcb",
  unionpay: "unionpay",
  maestro: "maestro",
  mir: "mir",
  elo: "elo",
  hiper: "hipercard",
  hipercard: "hipercard",
  troy: "troy",
  verve: "verve",
  naranja: "naranja",
};

/** Networks that they do not know: numbers of these are of another one there, or of none. */
const MISSING = ["rupay", "uatp", "dankort", "bancontact", "uzcard", "lankapay", "ukrcard", "bcard", "humo", "napas", "gpn"];

/** Where the two tables differ, each with the reason why ours stays as it is. Whatever is not here agrees. */
const EXPLAINED = {
  "diners, not unknown": "3095 is Diners Club's (ISO/IEC 7812 list of 2020); they leave it out",
  "unionpay, not maestro": "all of 62 was assigned to UnionPay; they list parts of it, and take the rest for Maestro's 6",
  "discover, not troy": "Troy's cards in 65 run over Discover's network abroad; ours calls them what terminals outside Türkiye do",
  "verve, not maestro": "Verve has 507865 to 507964 without gaps; they list parts of it",
};

let payment;
before(async () => {
  payment = await load();
});

/** What both say of the beginning of a number: `null` where they leave it open. */
function both(digits) {
  const theirs = types(digits).map(({ type }) => OURS[type] ?? type);
  return { ours: payment.format(digits, digits.length).brand, theirs };
}

test("every published test number has the brand that card-validator says, and is as valid", () => {
  const numbers = [
    "4111111111111111", "4012888888881881", "4242424242424242", "5555555555554444", "2223003122003222",
    "378282246310005", "371449635398431", "6011111111111117", "6011000990139424", "3056930009020004", "36227206271667",
    "3566002020360505", "6200000000000005", "6304000000000000", "2200000000000004",
  ];
  for (const number of numbers) {
    const theirs = validator.number(number);
    const ours = payment.format(number, number.length);
    assert.deepEqual([ours.brand, ours.valid, ours.codeLength], [OURS[theirs.card.type], theirs.isValid, theirs.card.code.size], number);
  }
});

test("Visa's numbers of 13 digits are taken, which card-validator has dropped", () => {
  assert.equal(payment.format("4222222222222", 13).valid, true);
  assert.equal(validator.number("4222222222222").isValid, false);
});

test("a number's brand is among those that credit-card-type leaves open, but for what is named", () => {
  const choose = chooser(21);
  const missing = new Set(MISSING);
  const differing = new Map();
  for (let round = 0; round < 40_000; round += 1) {
    const digits = choose.text(6, "0123456789").padEnd(6, "0");
    const { ours, theirs } = both(digits);
    if (ours === null || missing.has(ours) || theirs.includes(ours)) continue;
    const pair = `${ours}, not ${theirs.join(" or ") || "unknown"}`;
    differing.set(pair, [...(differing.get(pair) ?? []), digits]);
  }
  const unexplained = [...differing].filter(([pair]) => !(pair in EXPLAINED));
  assert.deepEqual(unexplained.map(([pair, [first, ...rest]]) => `${pair}: ${first} and ${rest.length} more`), []);
});

test("the check digit and the security code agree with card-validator", () => {
  const choose = chooser(22);
  for (let round = 0; round < 5_000; round += 1) {
    const prefix = choose.pick(["4", "51", "2221", "34", "37", "6011", "3528", "36"]);
    const digits = (prefix + choose.text(16, "0123456789")).slice(0, prefix.startsWith("34") || prefix.startsWith("37") ? 15 : prefix === "36" ? 14 : 16);
    const theirs = validator.number(digits);
    const ours = payment.format(digits, digits.length);
    if (theirs.card === null || OURS[theirs.card.type] !== ours.brand) continue;
    assert.equal(ours.valid, theirs.isValid, digits);
    assert.equal(ours.codeLength, theirs.card.code.size, digits);
  }
});
