/** Envelopes of ours opened by jose, and envelopes of jose opened by ours: two implementations of RFC 7516 and RFC 7518. */
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK } from "jose";
import { load } from "storefront-privacy/payment";

import { makeRoot } from "../lib/manifest.mjs";
import { startProcessor } from "../lib/shop.mjs";
import { chooser } from "./seeded.mjs";

const MERCHANT = "shop";
const ORIGIN = "https://shop.example";
const NUMBERS = ["4242424242424242", "5555555555554444", "378282246310005", "6011111111111117", "4539672801573369"];
const NAMES = ["Ada Winter", "Łukasz Żółć", "Nguyễn Thị Ánh", "O’Brien-Ó Súilleabháin", "山田 太郎"];

async function freshKey(kid = "fresh") {
  const { publicKey, privateKey } = await generateKeyPair("ECDH-ES", { crv: "P-256", extractable: true });
  return { jwk: { ...(await exportJWK(publicKey)), kid, alg: "ECDH-ES", use: "enc" }, privateKey };
}

function cardOf(choose) {
  const number = choose.pick(NUMBERS);
  const year = new Date().getFullYear() + 1 + choose.below(8);
  const month = 1 + choose.below(12);
  const code = choose.text(number.startsWith("3") ? 4 : 3, "0123456789");
  return { number, month, year, code, name: choose.pick(NAMES) };
}

function typed({ number, month, year, code, name }) {
  return { number, expiry: `${String(month).padStart(2, "0")}/${String(year % 100)}`, code, name };
}

const root = await makeRoot();
let sequence = 0;

/** The loaded payment, and keys of these JWKs as the page would trust them. */
async function trusting(...keys) {
  const payment = await load({ roots: root.roots });
  const manifest = await root.sign({ keys, merchant: MERCHANT, origins: [ORIGIN], seq: (sequence += 1) });
  return { payment, keys: payment.trust(manifest, { merchant: MERCHANT, origin: ORIGIN }) };
}

describe("sealed by ours, opened by jose", () => {
  test("200 cards, each to a fresh key", async () => {
    const choose = chooser(1);
    for (let round = 0; round < 200; round += 1) {
      const { jwk, privateKey } = await freshKey(`key-${round}`);
      const card = cardOf(choose);
      const order = { id: `order-${round}`, amount: BigInt(choose.below(1_000_000)), currency: choose.pick(["EUR", "JPY", "USD"]) };
      const { payment, keys } = await trusting(jwk);
      const envelope = await payment.seal(typed(card), order, keys);
      const { plaintext, protectedHeader: header } = await compactDecrypt(envelope, privateKey, {
        keyManagementAlgorithms: ["ECDH-ES"],
        contentEncryptionAlgorithms: ["A256GCM"],
      });
      assert.deepEqual(JSON.parse(new TextDecoder().decode(plaintext)), {
        number: card.number,
        expiry: { month: card.month, year: card.year },
        code: card.code,
        name: card.name,
      });
      assert.deepEqual(header.order, { id: order.id, amount: Number(order.amount), currency: order.currency });
      assert.deepEqual(
        Object.keys(header).sort(),
        ["alg", "aud", "enc", "epk", "exp", "iat", "iss", "jti", "kid", "order", "origin", "typ", "v"],
      );
      assert.deepEqual([header.typ, header.v, header.kid, header.iss, header.aud, header.origin], ["sp-card+jwe", 1, jwk.kid, MERCHANT, "processor", ORIGIN]);
      assert.equal(header.exp - header.iat, 600);
      assert.deepEqual(Object.keys(header.epk).sort(), ["crv", "kty", "x", "y"]);
    }
  });

  test("no two envelopes share an ephemeral key, an initialisation vector or an id", async () => {
    const { jwk } = await freshKey();
    const { payment, keys } = await trusting(jwk);
    const seen = new Set();
    for (let round = 0; round < 100; round += 1) {
      const card = typed(cardOf(chooser(2)));
      const envelope = await payment.seal(card, { id: "order", amount: 1, currency: "EUR" }, keys);
      const { epk, jti } = decodeProtectedHeader(envelope);
      for (const once of [epk.x, jti, envelope.split(".")[2]]) {
        assert.ok(!seen.has(once), "used twice");
        seen.add(once);
      }
    }
  });

  test("jose refuses an envelope of which one character was changed", async () => {
    const { jwk, privateKey } = await freshKey();
    const { payment, keys } = await trusting(jwk);
    const card = typed(cardOf(chooser(3)));
    const envelope = await payment.seal(card, { id: "order", amount: 1, currency: "EUR" }, keys);
    for (const part of [0, 2, 3, 4]) {
      const parts = envelope.split(".");
      const middle = parts[part].length >> 1;
      const other = parts[part][middle] === "A" ? "B" : "A";
      parts[part] = parts[part].slice(0, middle) + other + parts[part].slice(middle + 1);
      await assert.rejects(compactDecrypt(parts.join("."), privateKey), `part ${part}`);
    }
  });
});

describe("sealed by jose, opened by ours", () => {
  let processor;
  let key;
  before(async () => {
    processor = await startProcessor({ merchant: MERCHANT, origin: ORIGIN });
    const { manifest } = await (await fetch(`${processor.origin}/keys/${MERCHANT}`)).json();
    [key] = JSON.parse(Buffer.from(manifest.split(".")[1], "base64url")).keys;
  });
  after(() => processor?.stop());

  /** An envelope as the format has it, but for what a test changes. */
  async function sealed(order, { header = {}, plaintext, recipient = key } = {}) {
    const now = Math.floor(Date.now() / 1_000);
    const { number, month, year, code, name } = cardOf(chooser(4));
    const content = plaintext ?? JSON.stringify({ number, expiry: { month, year }, code, name });
    const protectedHeader = {
      alg: key.alg,
      enc: "A256GCM",
      kid: recipient.kid,
      typ: "sp-card+jwe",
      v: 1,
      iss: MERCHANT,
      aud: "processor",
      origin: ORIGIN,
      jti: randomBytes(16).toString("base64url"),
      iat: now,
      exp: now + 600,
      order,
      ...header,
    };
    return new CompactEncrypt(new TextEncoder().encode(content)).setProtectedHeader(protectedHeader).encrypt(await importJWK(recipient, protectedHeader.alg));
  }

  async function authorise(order, envelope, change = {}) {
    const body = { merchant: MERCHANT, origin: ORIGIN, order: order.id, amount: order.amount, currency: order.currency, envelope, ...change };
    const answer = await fetch(`${processor.origin}/authorizations`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
      body: JSON.stringify(body),
    });
    return { http: answer.status, ...(await answer.json()) };
  }

  function freshOrder() {
    return { id: `order-${randomUUID()}`, amount: 1_250, currency: "EUR" };
  }

  test("an envelope of jose's is opened and approved", async () => {
    const order = freshOrder();
    const { http, status, last_four: lastFour, code } = await authorise(order, await sealed(order));
    assert.equal(http, 200, code);
    assert.equal(status, "approved");
    assert.match(lastFour, /^\d{4}$/);
  });

  const REFUSALS = {
    "another order": ["payment.order-mismatch", async (order) => [await sealed({ ...order, id: "another" })]],
    "another amount": ["payment.order-mismatch", async (order) => [await sealed({ ...order, amount: 1 })]],
    "another currency": ["payment.order-mismatch", async (order) => [await sealed({ ...order, currency: "JPY" })]],
    "another origin": [/^payment\.(envelope-invalid|order-mismatch)$/, async (order) => [await sealed(order, { header: { origin: "https://evil.example" } })]],
    "an expired one": ["payment.envelope-expired", async (order) => [await sealed(order, { header: { iat: 1_700_000_000, exp: 1_700_000_600 } })]],
    "A128GCM": ["payment.envelope-invalid", async (order) => [await sealed(order, { header: { enc: "A128GCM" } })]],
    "another algorithm than the key's": ["payment.envelope-invalid", async (order) => [await sealed(order, { header: { alg: "ECDH-ES" } })]],
    "another type": ["payment.envelope-invalid", async (order) => [await sealed(order, { header: { typ: "JWT" } })]],
    "another version": ["payment.envelope-invalid", async (order) => [await sealed(order, { header: { v: 2 } })]],
    "a key of the same name": [
      "payment.envelope-invalid",
      async (order) => [await sealed(order, { recipient: { ...(await freshKey()).jwk, kid: key.kid } })],
    ],
    "what is no card": ["payment.envelope-invalid", async (order) => [await sealed(order, { plaintext: '{"number":42}' })]],
  };
  for (const [name, [expected, make]] of Object.entries(REFUSALS)) {
    test(`refused: ${name}`, async () => {
      const order = freshOrder();
      const [envelope] = await make(order);
      const { http, code } = await authorise(order, envelope);
      assert.ok(http >= 400, `status ${http}`);
      assert.match(code, expected instanceof RegExp ? expected : new RegExp(`^${expected}$`));
    });
  }

  test("refused: the same envelope a second time", async () => {
    const order = freshOrder();
    const envelope = await sealed(order);
    assert.equal((await authorise(order, envelope)).http, 200);
    const { http, code } = await authorise(order, envelope);
    assert.ok(http >= 400);
    assert.equal(code, "payment.envelope-replayed");
  });
});
