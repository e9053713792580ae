import { load } from "/pkg/payment.js";
import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { CompactEncrypt, importJWK } from "jose";
import forge from "node-forge";
import { makeRoot } from "../../tests/lib/manifest.mjs";
import { each } from "./timing.js";

const card = { number: "4111111111111111", expiry: "12/39", code: "123", name: "A Shopper with a name of usual length" };
const order = { id: "order-1", amount: 1999, currency: "EUR" };
const place = { merchant: "shop", origin: "https://shop.example" };
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** How often a key press is repeated, so that the clock can tell it. */
export const PRESSES = 100;

export async function run(_, repeats) {
  const root = await makeRoot();
  const payment = await load({ roots: root.roots });
  const { publicKey } = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const { x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  const ecdh = { kty: "EC", crv: "P-256", alg: "ECDH-ES", use: "enc", kid: "bench", x, y };
  const rsa = await crypto.subtle.generateKey({ name: "RSA-OAEP", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" }, true, ["encrypt", "decrypt"]);
  const { n, e } = await crypto.subtle.exportKey("jwk", rsa.publicKey);
  const spki = forge.util.createBuffer(new Uint8Array(await crypto.subtle.exportKey("spki", rsa.publicKey)));
  const forgeKey = forge.pki.publicKeyFromAsn1(forge.asn1.fromDer(spki));
  const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const xwing = await suite.kem.generateKeyPair();
  const pub = base64url(new Uint8Array(await suite.kem.serializePublicKey(xwing.publicKey)));

  let seq = 0;
  const trusting = async (key) => payment.trust(await root.sign({ keys: [key], seq: ++seq }), place);
  const forEcdh = await trusting(ecdh);
  const forHpke = await trusting({ kty: "AKP", alg: "HPKE-9", use: "enc", kid: "hpke", pub });
  const forRsa = await trusting({ kty: "RSA", alg: "RSA-OAEP-256", use: "enc", kid: "rsa", n, e });
  const manifest = await root.sign({ keys: [ecdh], seq: ++seq });

  const joseKey = await importJWK(ecdh);
  const plaintext = new TextEncoder().encode(JSON.stringify(card));
  const contenders = [
    () => payment.seal(card, order, forEcdh),
    () => new CompactEncrypt(plaintext).setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM", kid: "bench" }).encrypt(joseKey),
    () => payment.seal(card, order, forHpke),
    async () => (await suite.createSenderContext({ recipientPublicKey: xwing.publicKey })).seal(plaintext),
    () => payment.seal(card, order, forRsa),
    () => sealWithForge(forge, forgeKey, plaintext),
    () => payment.trust(manifest, place),
    () => {
      for (let press = 0; press < PRESSES; press++) payment.format(card.number, 16);
    },
  ];
  for (const contend of contenders) for (let warm = 0; warm < 20; warm++) await contend();
  return each(contenders, Array.from({ length: 60 }, () => ""), repeats);
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
