import { load } from "/pkg/payment.js";
import { CompactEncrypt, importJWK } from "jose";
import forge from "node-forge";
import { each } from "./timing.js";

const card = { number: "4111111111111111", expiry: "12/39", code: "123", name: "A Shopper with a name of usual length" };
const order = { id: "order-1", amount: 1999, currency: "EUR" };

export async function run(_, repeats) {
  const payment = await load();
  const { publicKey } = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const { x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  const jwk = { kty: "EC", crv: "P-256", alg: "ECDH-ES", use: "enc", kid: "bench", x, y };
  const rsa = await crypto.subtle.generateKey({ name: "RSA-OAEP", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" }, true, ["encrypt", "decrypt"]);
  const spki = forge.util.createBuffer(new Uint8Array(await crypto.subtle.exportKey("spki", rsa.publicKey)));
  const forgeKey = forge.pki.publicKeyFromAsn1(forge.asn1.fromDer(spki));
  const plaintext = new TextEncoder().encode(JSON.stringify(card));
  const sealers = [
    () => payment.seal(card, order, { keys: jwk, merchant: "shop", origin: "https://shop.example" }),
    async () => new CompactEncrypt(plaintext).setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM", kid: "bench" }).encrypt(await importJWK(jwk)),
    () => sealWithForge(forge, forgeKey, plaintext),
  ];
  for (const seal of sealers) for (let warm = 0; warm < 20; warm++) await seal();
  return each(sealers, Array.from({ length: 60 }, () => ""), repeats);
}

/** What a page without WebCrypto does: RSA-OAEP around an AES-GCM key. */
function sealWithForge({ random, cipher, util, md }, key, plaintext) {
  const secret = random.getBytesSync(32);
  const sealed = cipher.createCipher("AES-GCM", secret);
  sealed.start({ iv: random.getBytesSync(12) });
  sealed.update(util.createBuffer(plaintext));
  sealed.finish();
  const hash = { md: md.sha256.create(), mgf1: { md: md.sha256.create() } };
  return util.encode64(key.encrypt(secret, "RSA-OAEP", hash)) + util.encode64(sealed.output.getBytes());
}
