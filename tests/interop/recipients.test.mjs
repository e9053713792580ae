/**
 * Who gets what of an order, through the package's verbs: the card is the processor's, the address the carrier's, each field of a card by
 * itself in Adyen's profile; and keys of several algorithms in one page, in turns. jose opens them.
 */
import assert from "node:assert/strict";
import { before, test } from "node:test";

import { compactDecrypt, exportJWK, generateKeyPair } from "jose";
import { load } from "storefront-privacy/payment";

import { makeRoot } from "../lib/manifest.mjs";

const place = { merchant: "shop", origin: "https://shop.example" };
const card = { number: "3714 496353 98431", expiry: "1/39", code: "1234", name: "Łukasz O’Brien" };
const address = { recipient: "Ana Pérez", addressLine: ["Calle Mayor 1", "3º izq."], city: "Madrid", postalCode: "28013", country: "ES", phone: "+34 600 000 000" };
const order = { id: "A-1001", amount: 4_200n, currency: "EUR" };

let payment;
let root;
let sequence = 0;

before(async () => {
  root = await makeRoot();
  payment = await load({ roots: root.roots });
});

async function makeKey(alg, aud = "processor") {
  const { publicKey, privateKey } = await generateKeyPair(alg, { crv: "P-256", modulusLength: 2048, extractable: true });
  return { shown: { ...(await exportJWK(publicKey)), alg, kid: `${aud}-${alg}`, use: "enc", aud }, privateKey };
}

async function trust(...keys) {
  const manifest = await root.sign({ ...place, origins: [place.origin], keys: keys.map(({ shown }) => shown), seq: (sequence += 1) });
  return payment.trust(manifest, place);
}

async function open(envelope, { privateKey }) {
  const { plaintext, protectedHeader } = await compactDecrypt(envelope, privateKey);
  return { content: JSON.parse(new TextDecoder().decode(plaintext)), header: protectedHeader };
}

test("the card is the processor's and the address the carrier's: neither opens what is the other's", async () => {
  const [processor, carrier] = [await makeKey("ECDH-ES+A256KW"), await makeKey("ECDH-ES", "carrier")];
  const keys = await trust(processor, carrier);
  const sealed = { card: await payment.seal(card, order, keys), address: await payment.sealAddress(address, order, keys) };
  const opened = await open(sealed.address, carrier);
  assert.deepEqual(opened.content, address);
  const { typ, aud, order: bound } = opened.header;
  assert.deepEqual([typ, aud, bound], ["sp-address+jwe", "carrier", { ...order, amount: 4_200 }]);
  assert.equal((await open(sealed.card, processor)).content.number, "371449635398431");
  await assert.rejects(open(sealed.address, processor));
  await assert.rejects(open(sealed.card, carrier));
});

test("an address without what it needs, and one without a carrier's key, is refused by its code", async () => {
  const keys = await trust(await makeKey("ECDH-ES"), await makeKey("ECDH-ES", "carrier"));
  for (const wrong of [{ city: "" }, { country: "Spain" }, { addressLine: [] }, { addressLine: ["1", "2", "3", "4", "5"] }]) {
    await assert.rejects(payment.sealAddress({ ...address, ...wrong }, order, keys), { code: "input.invalid" }, JSON.stringify(wrong));
  }
  await assert.rejects(payment.sealAddress(address, order, await trust(await makeKey("ECDH-ES"))), { code: "payment.key-unsupported" });
  const rsa = await trust(await makeKey("ECDH-ES"), await makeKey("RSA-OAEP-256", "carrier"));
  await assert.rejects(payment.sealAddress(address, order, rsa), { code: "payment.key-unsupported" });
});

test("each field by itself opens as Adyen's fields do, with the time it was made", async () => {
  const key = await makeKey("RSA-OAEP-256");
  const before = Date.now();
  const fields = await payment.sealFields(card, order, await trust(key));
  const parts = { encryptedCardNumber: ["number", "371449635398431"], encryptedExpiryMonth: ["expiryMonth", "01"], encryptedExpiryYear: ["expiryYear", "2039"], encryptedSecurityCode: ["cvc", card.code] };
  assert.deepEqual(Object.keys(fields).sort(), Object.keys(parts).sort());
  for (const [name, [member, value]] of Object.entries(parts)) {
    const { content } = await open(fields[name], key);
    const { generationtime, ...rest } = content;
    assert.deepEqual(rest, { [member]: value });
    assert.match(generationtime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    assert.ok(Math.abs(Date.parse(generationtime) - before) < 5_000);
  }
  await assert.rejects(payment.sealFields(card, order, await trust(await makeKey("ECDH-ES"))), { code: "payment.key-unsupported" });
});

test("keys of several algorithms in one page, in turns: each envelope is for the key it was asked for", async () => {
  const made = [await makeKey("ECDH-ES"), await makeKey("RSA-OAEP-256"), await makeKey("ECDH-ES"), await makeKey("ECDH-ES+A256KW")];
  const keys = [];
  for (const key of made) keys.push(await trust(key));
  for (const at of [0, 1, 2, 0, 2, 3, 1, 1, 0]) {
    const { content } = await open(await payment.seal(card, order, keys[at]), made[at]);
    assert.equal(content.number, "371449635398431");
  }
  await Promise.all(keys.map(async (trusted, at) => open(await payment.seal(card, order, trusted), made[at])));
});

test("a sealer that refused a card seals the next one", async () => {
  const key = await makeKey("RSA-OAEP-256");
  const keys = await trust(key);
  await payment.seal(card, order, keys);
  await assert.rejects(payment.seal({ ...card, number: "4242424242424241" }, order, keys), { code: "payment.number-invalid" });
  assert.equal((await open(await payment.seal(card, order, keys), key)).content.code, card.code);
});
