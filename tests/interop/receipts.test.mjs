/**
 * Receipts of consent beside other people's implementations: `jose` for signatures, `jsonld` for what a receipt says as linked
 * data, a Merkle log written from RFC 9162 in another language, and the real shop behind it.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import Ajv from "ajv";
import { calculateJwkThumbprint, EmbeddedJWK, flattenedVerify } from "jose";
import jsonld from "jsonld";
import { load } from "storefront-privacy/consent-receipts";
import { startShop } from "../lib/shop.mjs";
import { growth, leafHash, root, rootsThrough, rootThrough } from "./receipts/merkle.mjs";
import { base64url, commitmentOf, digestOf, IndependentShop, newKey, payloadOf, signReceipt } from "./receipts/shopper.mjs";

const vectors = join(import.meta.dirname, "../vectors/consent");
const policy = await readFile(join(vectors, "policy.json"), "utf8");
const terms = new Set((await readFile(join(vectors, "dpv-terms.txt"), "utf8")).split("\n").filter((line) => line !== "" && !line.startsWith("#")));
const at = 1_795_392_000;
const origin = "https://shop.example";
const receipts = await load();
const decided = (seconds, ...granted) => ({ v: 1, policy: JSON.parse(policy).version, at: at + seconds, granted });
const file = (items) => JSON.stringify({ format: "storefront-privacy receipts 1", receipts: items });
const failed = ({ checks }) => checks.filter(({ outcome }) => outcome === "fails").map(({ receipt, check }) => `${receipt} ${check}`);

describe("a receipt as linked data", () => {
  let document, expanded;
  before(async () => {
    const key = await newKey();
    const first = await signReceipt(receipts, key, policy, decided(0, "analytics", "marketing"), { origin, region: "DE" });
    const receipt = await signReceipt(receipts, key, policy, decided(5, "analytics"), { origin, region: "DE", before: ["analytics", "marketing"], previous: first });
    document = payloadOf(receipt);
    const documentLoader = (url) => Promise.reject(new Error(`a receipt needs nothing from elsewhere, not ${url}`));
    expanded = await jsonld.expand(document, { documentLoader });
  });

  test("jsonld reads it whole: every member is a term with a full name", () => {
    const visit = (node, original) => {
      if (Array.isArray(node)) return node.forEach((each) => visit(each));
      if (typeof node !== "object" || node === null) return undefined;
      for (const [name, value] of Object.entries(node)) {
        assert.match(name, /^@|^https?:\/\//, name);
        visit(value, original);
      }
    };
    visit(expanded);
    // Nothing is dropped: what does not expand would be missing afterwards.
    const count = (node) => (typeof node === "object" && node !== null ? Object.entries(node).reduce((sum, [name, value]) => sum + (/^\d+$/.test(name) ? 0 : 1) + count(value), 0) : 0);
    const { "@context": context, ...members } = document;
    assert.ok(Object.keys(context).length === 4);
    const named = (node) => (typeof node === "object" && node !== null ? Object.entries(node).flatMap(([name, value]) => [...(/^\d+$|^@/.test(name) ? [] : [name]), ...named(value)]) : []);
    const full = (node) => (typeof node === "object" && node !== null ? Object.entries(node).flatMap(([name, value]) => [...(/^\d+$|^@/.test(name) ? [] : [name]), ...full(value)]) : []);
    assert.equal(full(expanded).length, named(members).length);
    assert.ok(count(expanded) > 0);
  });

  test("every term of the vocabulary that it uses is one", () => {
    const used = new Set(JSON.stringify(expanded).match(/https:\/\/w3id\.org\/dpv(?:\/legal\/eu\/gdpr)?#[A-Za-z0-9-]+/g));
    assert.ok(used.size > 20, [...used].join(" "));
    assert.deepEqual([...used].filter((term) => !terms.has(term)), []);
  });

  test("it has the fields that the profile dpv-27560 asks for", () => {
    const dpv = (name) => `https://w3id.org/dpv#${name}`;
    const dct = (name) => `http://purl.org/dc/terms/${name}`;
    const [receipt] = expanded;
    assert.deepEqual(receipt["@type"], [dpv("ConsentReceipt")]);
    for (const field of [dct("identifier"), dct("created"), dct("publisher"), "https://schema.org/recipient", dpv("hasRecordOfActivity")]) {
      assert.ok(receipt[field]?.length > 0, field);
    }
    assert.deepEqual(receipt[dct("conformsTo")], [{ "@id": "https://w3id.org/dpv/schema/dpv-27560#receipt" }]);
    const records = receipt[dpv("hasRecordOfActivity")];
    assert.equal(records.length, 2);
    for (const record of records) {
      assert.deepEqual(record["@type"], [dpv("ConsentRecord")]);
      for (const field of ["hasDataSubject", "hasDataController", "hasProcess", "hasNotice", "hasConsentStatus", "hasJurisdiction", "hasConsentControl", "hasRight"]) {
        assert.ok(record[dpv(field)]?.length > 0, field);
      }
      const [status] = record[dpv("hasConsentStatus")];
      for (const field of ["isIndicatedBy", "isIndicatedAtTime", "hasIndicationMethod"]) assert.ok(status[dpv(field)]?.length > 0, field);
      for (const process of record[dpv("hasProcess")]) {
        for (const field of ["hasPurpose", "hasPersonalData", "hasRecipient", "hasStorageCondition", "hasLegalBasis"]) assert.ok(process[dpv(field)]?.length > 0, field);
      }
    }
    const states = records.map((record) => record[dpv("hasConsentStatus")][0]["@type"][0]);
    assert.deepEqual(states, [dpv("ConsentGiven"), dpv("ConsentWithdrawn")]);
  });
});

test("the Kantara receipt has the form of the specification's schema", async () => {
  const schema = JSON.parse(await readFile(join(vectors, "kantara-cr-1.1.json"), "utf8"));
  const validate = new Ajv({ strict: false }).compile(schema);
  const key = await newKey();
  const receipt = await signReceipt(receipts, key, policy, decided(0, "analytics"), { origin });
  const kantara = receipts.kantara(receipt);
  assert.ok(validate(kantara), JSON.stringify(validate.errors));
  assert.equal(kantara.consentReceiptID, payloadOf(receipt)["dct:identifier"]);
  assert.deepEqual(kantara.services.map(({ purposes }) => purposes[0].purposeCategory[0]).filter((id) => id !== "analytics"), []);
  assert.equal(receipts.kantara(await signReceipt(receipts, key, policy, decided(0), { origin })), null);
});

test("jose verifies what the page signs, and names the key alike", async () => {
  const key = await newKey();
  const receipt = await signReceipt(receipts, key, policy, decided(0, "analytics"), { origin });
  const { protectedHeader } = await flattenedVerify(receipt, EmbeddedJWK);
  assert.equal(protectedHeader.typ, "receipt");
  assert.equal(await calculateJwkThumbprint(key.jwk), receipts.thumbprint(key.jwk));
});

test("a shop without a line of ours is verified; what it rewrites is found", async () => {
  const [shopper, shopKey, witnessKey] = await Promise.all([newKey(), newKey(), newKey()]);
  const shop = new IndependentShop(shopKey, origin);
  for (let sizes = 0; sizes < 9; sizes++) {
    while (shop.leaves.length < sizes) shop.leaves.push(leafHash(randomBytes(32)));
    const first = await signReceipt(receipts, shopper, policy, decided(0, "analytics", "marketing"), { origin });
    const second = await signReceipt(receipts, shopper, policy, decided(9), { origin, before: ["analytics", "marketing"], previous: first });
    const places = [await shop.take(first), await shop.take(second)];
    const seen = shop.leaves.length;
    const witness = await new IndependentShop(witnessKey, origin).head("receipt-log-witness", shop.leaves);
    shop.leaves.push(...Array.from({ length: sizes }, () => leafHash(randomBytes(32))));
    const items = await Promise.all(
      [first, second].map(async (receipt, index) => {
        const evidence = { ...(await shop.evidence(places[index])), witness: { signed: witness, proof: growth(seen, shop.leaves).map(base64url) } };
        return { receipt, kantara: receipts.kantara(receipt), evidence };
      }),
    );
    const text = file(items);
    const [size] = receipts.sizes(text);
    assert.deepEqual(receipts.sizes(text), [shop.leaves.length]);
    const trust = { shop: [await calculateJwkThumbprint(shopKey.jwk)], witness: [await calculateJwkThumbprint(witnessKey.jwk)] };
    shop.leaves.push(leafHash(randomBytes(32)), leafHash(randomBytes(32)));
    const report = receipts.verify(text, { ...trust, today: [await shop.since(size)] });
    assert.deepEqual(failed(report), []);
    assert.equal(report.checks.filter(({ outcome }) => outcome === "absent").length, 1, "the withdrawal has no Kantara receipt");
    assert.ok(report.holds);

    const kept = shop.leaves[places[0].position];
    shop.leaves[places[0].position] = leafHash(randomBytes(32));
    assert.deepEqual(failed(receipts.verify(text, { ...trust, today: [await shop.since(size)] })), ["0 consistency", "1 consistency"]);
    const other = structuredClone(items);
    other[0].evidence.head = await shop.head("receipt-log-head", shop.leaves.slice(0, size));
    assert.deepEqual(failed(receipts.verify(file(other), trust)), ["0 inclusion"]);
    shop.leaves[places[0].position] = kept;
  }
});

describe("the demo's backend", () => {
  let shop;
  before(async () => (shop = await startShop()));
  after(() => shop.stop());

  test("its signatures and proofs hold for jose and for the other log", async () => {
    const ask = async (method, path, body) => {
      const headers = { origin: shop.origin, "content-type": "application/json" };
      const response = await fetch(shop.origin + path, { method, headers, body: body && JSON.stringify(body) });
      assert.ok(response.ok, `${path}: ${response.status}`);
      return response.json();
    };
    const served = await (await fetch(`${shop.origin}/privacy.json`)).text();
    const { version } = JSON.parse(served);
    const key = await newKey();
    const { keys } = await ask("GET", "/api/receipt-log/keys");
    const items = [];
    for (let number = 0; number < 7; number++) {
      const decision = { v: 1, policy: version, at: at + number, granted: ["analytics"] };
      const receipt = await signReceipt(receipts, key, served, decision, { origin: shop.origin, ...(number > 0 && { previous: items[number - 1].receipt }) });
      const evidence = await ask("POST", "/api/receipts", { receipt });
      for (const signed of [evidence.entry, evidence.head]) await flattenedVerify(signed, { ...keys[0] });
      const { salt, position, receipt: digest } = payloadOf(evidence.entry);
      const { size, root: head } = payloadOf(evidence.head);
      assert.equal(digest, base64url(digestOf(receipt)));
      const leaf = leafHash(commitmentOf(Buffer.from(salt, "base64url"), digestOf(receipt)));
      const proof = evidence.proof.map((hash) => Buffer.from(hash, "base64url"));
      assert.equal(base64url(rootThrough(leaf, position, size, proof)), head);
      items.push({ receipt, kantara: receipts.kantara(receipt), evidence, leaf });
    }
    const leaves = items.map(({ leaf }) => leaf);
    for (let from = 1; from <= 7; from++) {
      const answer = await ask("GET", `/api/receipt-log?from=${from}`);
      const proof = answer.consistency.map((hash) => Buffer.from(hash, "base64url"));
      const [old, now] = rootsThrough(from, 7, root(leaves.slice(0, from)), proof);
      assert.equal(base64url(now), payloadOf(answer.head).root);
      assert.equal(base64url(old), base64url(root(leaves.slice(0, from))));
      assert.equal(base64url(now), base64url(root(leaves)));
    }
    const report = receipts.verify(file(items.map(({ leaf: _, ...item }) => item)), { shop: [keys[0].kid] });
    assert.deepEqual(failed(report), []);
  });
});
