/**
 * The recipes of docs/envelopes.md, as they are printed there: envelopes of ours opened by jose, @hpke/core and jwcrypto, and
 * envelopes of theirs opened by ours, for every algorithm that they have.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { CompactEncrypt, FlattenedEncrypt, GeneralEncrypt, importJWK } from "jose";
import { load } from "storefront-privacy/payment";

import { makeRoot } from "../lib/manifest.mjs";
import { ROOT, startProcessor } from "../lib/shop.mjs";

const MERCHANT = "shop";
const ORIGIN = "https://shop.example";
const CARD = { number: "4242424242424242", expiry: "12/39", code: "123", name: "Łukasz O’Brien" };
const OPENED = { number: CARD.number, expiry: { month: 12, year: 2039 }, code: CARD.code, name: CARD.name };
const ALGORITHMS = ["ECDH-ES", "ECDH-ES+A256KW", "RSA-OAEP-256", "HPKE-7", "HPKE-9"];
const JOSE = ALGORITHMS.slice(0, 3);

const home = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "recipes");
const venv = join(home, "venv");
const python = join(venv, "bin/python");
const JWCRYPTO = "jwcrypto==1.6.1";

const documented = readFileSync(join(ROOT, "docs/envelopes.md"), "utf8");

/** The code that stands below a mark of the document. */
function recipe(name) {
  const found = new RegExp(`<!-- recipe: ${name} -->\\n\`\`\`\\w+\\n([^]*?)\`\`\``).exec(documented);
  assert.ok(found, `docs/envelopes.md has no recipe ${name}`);
  return found[1];
}

/** A recipe for Node as a module of its own, where it finds this suite's packages. */
async function module(name) {
  const file = join(ROOT, `tests/node_modules/.recipe-${name}.mjs`);
  writeFileSync(file, recipe(name));
  return import(file);
}

function runPython(program, input) {
  const { status, stdout, stderr } = spawnSync(python, ["-c", program], { input: JSON.stringify(input), encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

let processor;
let payment;
let root;
const keys = new Map();
let sequence = 0;

before(async () => {
  mkdirSync(home, { recursive: true });
  if (!existsSync(join(venv, JWCRYPTO))) {
    execFileSync("python3", ["-m", "venv", venv], { stdio: "pipe" });
    execFileSync(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", JWCRYPTO], { stdio: "pipe" });
    writeFileSync(join(venv, JWCRYPTO), "");
  }
  processor = await startProcessor({ merchant: MERCHANT, origin: ORIGIN });
  root = await makeRoot();
  payment = await load({ roots: root.roots });
  const program = join(ROOT, "pkg/bin/storefront-privacy.mjs");
  for (const alg of ALGORITHMS) {
    const file = join(processor.dataDir, `keys/${alg}.jwk`);
    if (alg === "RSA-OAEP-256") writeFileSync(file, readFileSync(join(ROOT, "tests/vectors/payment/rsa-3072.jwk.json")));
    else execFileSync(process.execPath, [program, "keys", "make-key", "--kid", alg, "--alg", alg, "--out", file]);
    const secret = JSON.parse(readFileSync(file, "utf8"));
    const shown = JSON.parse(execFileSync(process.execPath, [program, "keys", "public", file], { encoding: "utf8" }));
    keys.set(alg, { secret, shown });
  }
});
after(() => processor?.stop());

async function seal(alg, order, options) {
  const manifest = await root.sign({ keys: [keys.get(alg).shown], merchant: MERCHANT, origins: [ORIGIN], seq: (sequence += 1) });
  const trusted = payment.trust(manifest, { merchant: MERCHANT, origin: ORIGIN });
  return payment.seal(CARD, order, trusted, options);
}

function freshOrder() {
  return { id: `order-${randomUUID()}`, amount: 1_250, currency: "EUR" };
}

function headerOf(alg, order) {
  const now = Math.floor(Date.now() / 1_000);
  const draft = { "HPKE-7": "draft-ietf-jose-hpke-encrypt-22" }[alg];
  return {
    alg,
    ...(draft === undefined ? { enc: "A256GCM" } : { draft }),
    kid: alg,
    typ: "sp-card+jwe",
    v: 1,
    iss: MERCHANT,
    aud: "processor",
    origin: ORIGIN,
    jti: randomBytes(16).toString("base64url"),
    iat: now,
    exp: now + 600,
    order,
  };
}

/** The processor's answer to an envelope: it is built on the crate, and does all that the recipe in Rust does. */
async function authorise(order, envelope) {
  const answer = await fetch(`${processor.origin}/authorizations`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify({ merchant: MERCHANT, origin: ORIGIN, order: order.id, amount: order.amount, currency: order.currency, envelope }),
  });
  const { status, code, last_four: lastFour } = await answer.json();
  return status === "approved" ? lastFour : code;
}

describe("sealed in the module", () => {
  for (const alg of ALGORITHMS) {
    test(`${alg}: opened by the crate, once`, async () => {
      const order = freshOrder();
      const envelope = await seal(alg, order);
      assert.equal(await authorise(order, envelope), "4242");
      assert.equal(await authorise(order, envelope), "payment.envelope-replayed");
    });
  }
  for (const alg of JOSE) {
    test(`${alg}: opened by jose and by jwcrypto`, async () => {
      const order = freshOrder();
      const envelope = await seal(alg, order);
      const { secret } = keys.get(alg);
      const { open } = await module("node");
      const program = `${recipe("python")}\nimport sys\nvalue = json.load(sys.stdin)\nprint(json.dumps(open_envelope(value["envelope"], value["key"])))`;
      for (const { card, header } of [await open(envelope, secret), runPython(program, { envelope, key: secret })]) {
        assert.deepEqual(card, OPENED);
        assert.deepEqual([header.order, header.kid, header.origin], [order, secret.kid, ORIGIN]);
      }
    });
    test(`${alg}: the JSON serialisations are opened by jwcrypto`, async () => {
      const { secret } = keys.get(alg);
      const forms = alg === "ECDH-ES" ? ["flattened"] : ["flattened", "general"];
      for (const serialization of forms) {
        const envelope = await seal(alg, freshOrder(), { serialization });
        const program = `import json, sys\nfrom jwcrypto import jwe, jwk\nv = json.load(sys.stdin)\nt = jwe.JWE()\nt.deserialize(v["envelope"], jwk.JWK(**v["key"]))\nprint(t.payload.decode())`;
        assert.deepEqual(runPython(program, { envelope, key: secret }), OPENED, serialization);
      }
    });
  }
  test("HPKE-7: opened by @hpke/core", async () => {
    const order = freshOrder();
    const { open } = await module("node-hpke");
    const { card, header } = await open(await seal("HPKE-7", order), keys.get("HPKE-7").secret);
    assert.deepEqual([card, header.order], [OPENED, order]);
  });
});

describe("opened by the crate", () => {
  for (const alg of JOSE) {
    test(`${alg}: sealed by jose, compact, flattened and general`, async () => {
      const key = await importJWK(keys.get(alg).shown, alg);
      const plaintext = new TextEncoder().encode(JSON.stringify(OPENED));
      const order = freshOrder();
      assert.equal(await authorise(order, await new CompactEncrypt(plaintext).setProtectedHeader(headerOf(alg, order)).encrypt(key)), "4242");
      const flattened = await new FlattenedEncrypt(plaintext).setProtectedHeader(headerOf(alg, order)).encrypt(key);
      assert.equal(await authorise(order, JSON.stringify(flattened)), "4242");
      if (alg === "ECDH-ES") return;
      const { alg: name, kid, ...shared } = headerOf(alg, order);
      const general = new GeneralEncrypt(plaintext).setProtectedHeader(shared);
      for (const recipient of ["ECDH-ES+A256KW", "RSA-OAEP-256"]) {
        general.addRecipient(await importJWK(keys.get(recipient).shown, recipient)).setUnprotectedHeader({ alg: recipient, kid: keys.get(recipient).shown.kid });
      }
      assert.ok(name && kid);
      assert.equal(await authorise(order, JSON.stringify(await general.encrypt())), "4242");
    });
    test(`${alg}: sealed by jwcrypto`, async () => {
      const order = freshOrder();
      const program = `import json, sys\nfrom jwcrypto import jwe, jwk\nv = json.load(sys.stdin)\nt = jwe.JWE(json.dumps(v["card"]).encode(), json.dumps(v["header"]))\nt.add_recipient(jwk.JWK(**v["key"]))\nprint(json.dumps(t.serialize(compact=True)))`;
      const envelope = runPython(program, { card: OPENED, header: headerOf(alg, order), key: keys.get(alg).shown });
      assert.equal(await authorise(order, envelope), "4242");
    });
  }
  test("HPKE-7: sealed by @hpke/core", async () => {
    const order = freshOrder();
    const { kty, crv, x, y } = keys.get("HPKE-7").shown;
    const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
    const sender = await suite.createSenderContext({ recipientPublicKey: await suite.kem.importKey("jwk", { kty, crv, x, y, key_ops: [] }, true) });
    const header = Buffer.from(JSON.stringify(headerOf("HPKE-7", order))).toString("base64url");
    const ciphertext = await sender.seal(new TextEncoder().encode(JSON.stringify(OPENED)), new TextEncoder().encode(header));
    const envelope = [header, Buffer.from(sender.enc).toString("base64url"), "", Buffer.from(ciphertext).toString("base64url"), ""].join(".");
    assert.equal(await authorise(order, envelope), "4242");
  });
});
