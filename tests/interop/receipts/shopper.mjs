/** A shopper's browser, and a shop that countersigns with `jose` and keeps its log by `merkle.mjs`. */
import { createHash, randomBytes, webcrypto } from "node:crypto";
import { FlattenedSign } from "jose";
import { growth, leafHash, path, root } from "./merkle.mjs";

export const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
export const payloadOf = ({ payload }) => JSON.parse(Buffer.from(payload, "base64url").toString());
export const digestOf = (signed) => createHash("sha256").update(`${signed.protected}.${signed.payload}.${signed.signature}`).digest();
export const commitmentOf = (salt, digest) =>
  createHash("sha256").update("storefront-privacy receipt commitment 1\n").update(salt).update(digest).digest();

export async function newKey() {
  const { privateKey, publicKey } = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const { kty, crv, x, y } = await webcrypto.subtle.exportKey("jwk", publicKey);
  return { privateKey, jwk: { kty, crv, x, y } };
}

/** Signs as the page does: with WebCrypto, over what the core gives. */
export async function signReceipt(receipts, key, policy, decision, circumstances) {
  const input = receipts.compose(policy, decision, { key: key.jwk, language: "en", surface: "banner", ...circumstances });
  const signature = await webcrypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key.privateKey, Buffer.from(input));
  const [header, payload] = input.split(".");
  return { payload, protected: header, signature: base64url(signature) };
}

/** A shop without a line of the core. */
export class IndependentShop {
  leaves = [];

  constructor(key, origin) {
    this.key = key;
    this.origin = origin;
  }

  async sign(typ, statement) {
    // Canonical: names in order, integers and ASCII alone.
    const text = JSON.stringify(Object.fromEntries(Object.entries(statement).sort()));
    const { payload, protected: header, signature } = await new FlattenedSign(Buffer.from(text))
      .setProtectedHeader({ alg: "ES256", jwk: this.key.jwk, typ })
      .sign(this.key.privateKey);
    return { payload, protected: header, signature };
  }

  async take(receipt) {
    const salt = randomBytes(32);
    const digest = digestOf(receipt);
    const position = this.leaves.length;
    this.leaves.push(leafHash(commitmentOf(salt, digest)));
    return { position, entry: await this.sign("receipt-entry", { iss: this.origin, position, receipt: base64url(digest), received: 1_795_392_060, salt: base64url(salt) }) };
  }

  head(typ = "receipt-log-head", leaves = this.leaves) {
    return this.sign(typ, { iss: this.origin, root: base64url(root(leaves)), size: leaves.length, time: 1_795_392_100 });
  }

  async evidence({ position, entry }) {
    return { entry, head: await this.head(), proof: path(position, this.leaves).map(base64url), witness: null };
  }

  async since(from) {
    return JSON.stringify({ from, head: await this.head(), consistency: growth(from, this.leaves).map(base64url) });
  }
}
