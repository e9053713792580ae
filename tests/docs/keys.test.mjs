/** `storefront-privacy keys`: what a processor and a shop type to make, sign, rotate, revoke and pin keys. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";

import { calculateJwkThumbprint, compactVerify, importJWK } from "jose";

const program = join(import.meta.dirname, "../../pkg/bin/storefront-privacy.mjs");
const place = ["--merchant", "shop-1", "--origin", "https://shop.example"];

describe("storefront-privacy keys", () => {
  let directory;
  const run = (...words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "keys", ...words], { encoding: "utf8", cwd: directory });
    return { status, stdout, stderr };
  };
  const succeed = (...words) => {
    const { status, stdout, stderr } = run(...words);
    assert.equal(stderr, "");
    assert.equal(status, 0);
    return stdout.trim();
  };

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "keys-"));
    succeed("make-root", "--out", "root.jwk");
    succeed("make-key", "--kid", "2026-11", "--out", "first.jwk");
    succeed("make-key", "--kid", "2026-12", "--alg", "HPKE-9", "--out", "second.jwk");
    succeed("sign", "--root", "root.jwk", ...place, "--key", "first.jwk", "--out", "1.jws");
  });
  after(() => rm(directory, { recursive: true }));

  test("a private key is its owner's alone, is not printed, and is never written over", async () => {
    assert.equal((await stat(join(directory, "root.jwk"))).mode & 0o777, 0o600);
    const root = JSON.parse(await readFile(join(directory, "root.jwk"), "utf8"));
    const printed = succeed("public", "root.jwk");
    assert.ok(!printed.includes(root.d));
    assert.equal(run("make-root", "--out", "root.jwk").status, 1);
    assert.equal(run("make-root").status, 2);
    assert.equal(JSON.parse(printed).kid, await calculateJwkThumbprint(root));
  });

  test("what is signed verifies with jose, and says what was asked for", async () => {
    const root = JSON.parse(succeed("public", "root.jwk"));
    const manifest = (await readFile(join(directory, "1.jws"), "utf8")).trim();
    const { payload, protectedHeader } = await compactVerify(manifest, await importJWK(root, "ES256"));
    assert.deepEqual(protectedHeader, { alg: "ES256", kid: root.kid, typ: "sp-keys+jws" });
    const { merchant, origins, seq, nbf, exp, keys } = JSON.parse(new TextDecoder().decode(payload));
    assert.deepEqual([merchant, origins, seq, exp - nbf], ["shop-1", ["https://shop.example"], 1, 7 * 86_400]);
    assert.deepEqual([keys.length, keys[0].kid, keys[0].alg, keys[0].aud, keys[0].d], [1, "2026-11", "ECDH-ES+A256KW", "processor", undefined]);
  });

  test("a key is rotated and revoked, and an older manifest is not taken any more", () => {
    succeed("rotate", "1.jws", "--root", "root.jwk", "--key", "second.jwk", "--overlap", "1", "--out", "2.jws");
    const rotated = succeed("verify", "2.jws", "--root", "root.jwk", ...place, "--sequence", "1");
    assert.match(rotated, /number 2[^]*key 2026-12 \(HPKE-9\)[^]*key 2026-11 .*until 20/);
    succeed("revoke", "2.jws", "--root", "root.jwk", "--kid", "2026-11", "--out", "3.jws");
    assert.doesNotMatch(succeed("verify", "3.jws", "--root", "root.jwk", ...place), /2026-11/);
    const { status, stderr } = run("verify", "1.jws", "--root", "root.jwk", ...place, "--sequence", "2");
    assert.deepEqual([status, stderr.split(":")[0]], [2, "payment.key-replaced"]);
    assert.match(succeed("renew", "3.jws", "--root", "root.jwk"), /^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  test("what a page would refuse is refused with its code", async () => {
    succeed("make-root", "--out", "other.jwk");
    const refused = {
      "payment.key-unsigned": ["verify", "1.jws", "--root", "other.jwk", ...place],
      "payment.key-mismatch": ["verify", "1.jws", "--root", "root.jwk", "--merchant", "shop-2", "--origin", "https://shop.example"],
      "payment.roots-refused": ["pin", "--root", "root.jwk", "--root", "root.jwk", "--out", "pinned.js"],
      "payment.key-unsupported": ["make-key", "--kid", "k", "--alg", "RSA1_5", "--out", "k.jwk"],
      "payment.key-invalid": ["sign", "--root", "root.jwk", ...place, "--key", "first.jwk", "--days", "91"],
    };
    for (const [code, words] of Object.entries(refused)) {
      const { status, stderr } = run(...words);
      assert.deepEqual([status, stderr.split(":")[0]], [2, code]);
    }
    await writeFile(join(directory, "none.jws"), "");
    assert.equal(run("verify", "none.jws", "--root", "root.jwk", ...place).status, 2);
    assert.equal(run("nothing").status, 2);
    assert.equal(run("verify", "missing.jws", "--root", "root.jwk", ...place).status, 1);
  });

  test("the pinned module makes a page trust the manifest, and seals for its keys", async () => {
    succeed("pin", "--root", "root.jwk", "--root", "other.jwk", "--out", "payment-keys.mjs");
    const { roots, integrity } = await import(pathToFileURL(join(directory, "payment-keys.mjs")).href);
    const wasm = await readFile(join(import.meta.dirname, "../../pkg/dist/wasm/payment.wasm"));
    assert.equal(integrity.payment, `sha256-${createHash("sha256").update(wasm).digest("base64")}`);
    assert.deepEqual(Object.keys(integrity), ["payment", "payment-hpke", "payment-rsa"]);
    assert.ok(!JSON.stringify(roots).includes('"d"'));

    const { load } = await import("storefront-privacy/payment");
    const payment = await load({ roots, integrity });
    const manifest = (await readFile(join(directory, "2.jws"), "utf8")).trim();
    const keys = payment.trust(manifest, { merchant: "shop-1", origin: "https://shop.example" });
    assert.deepEqual([keys.sequence, payment.keyOf(keys)], [2, { kid: "2026-12", alg: "HPKE-9", module: "payment-hpke" }]);
    const card = { number: "4242424242424242", expiry: "12/40", code: "123", name: "Ada" };
    const envelope = await payment.seal(card, { id: "A-1", amount: 1, currency: "EUR" }, keys);
    assert.equal(JSON.parse(Buffer.from(envelope.split(".")[0], "base64url")).draft, "draft-ietf-jose-hpke-pq-pqt-01");

    // The page has seen number 2: the one before is a rollback, and other roots come too late.
    const first = (await readFile(join(directory, "1.jws"), "utf8")).trim();
    assert.throws(() => payment.trust(first, { merchant: "shop-1", origin: "https://shop.example" }), { code: "payment.key-replaced" });
    await assert.rejects(load({ roots: roots.slice(1) }), { code: "payment.roots-refused" });
    await assert.rejects(payment.seal(card, { id: "A-1", amount: 1, currency: "EUR" }, { keys: [] }));
  });
});
