/*
 * What a passkey computes is taken once, made into a key that script cannot read, and overwritten where it was.
 * `src/passkey/prf.rs` derives the same keys.
 */
import { PrivacyError } from "../error.js";
import type { PrfHandle, PrfKeyUse, PrfOutcome } from "./prf.js";

const context = "storefront-privacy prf 1";

const usages: Readonly<Record<PrfKeyUse, KeyUsage[]>> = {
  "AES-GCM": ["encrypt", "decrypt", "wrapKey", "unwrapKey"],
  HMAC: ["sign", "verify"],
  HKDF: ["deriveKey"],
};

class Handle implements PrfHandle {
  readonly #material: Promise<CryptoKey>;
  readonly #second: PrfHandle | undefined;

  constructor(material: Promise<CryptoKey>, second: PrfHandle | undefined) {
    this.#material = material;
    this.#second = second;
    Object.freeze(this);
  }

  get second(): PrfHandle | undefined {
    return this.#second;
  }

  async deriveKey(use: PrfKeyUse, purpose: string): Promise<CryptoKey> {
    const allowed = Object.hasOwn(usages, use) && usages[use];
    const name = new TextEncoder().encode(purpose);
    if (!allowed || name.length < 1 || name.length > 256) throw new PrivacyError("input.invalid", "prf: expected a use, and a purpose of 1 to 256 bytes");
    const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode(`${context}\0${use}\0${purpose}`) };
    const { subtle } = crypto;
    const material = await this.#material;
    if (use !== "HKDF") return subtle.deriveKey(how, material, use === "HMAC" ? { name: use, hash: "SHA-256", length: 256 } : { name: use, length: 256 }, false, allowed);
    // HKDF has no key length of its own, so that WebCrypto derives no key for it but bits.
    return imported(new Uint8Array(await subtle.deriveBits(how, material, 256)), allowed);
  }
}

/** Takes what the passkey computed out of the credential, and overwrites it there, before anything is awaited. */
export function takePrf(credential: PublicKeyCredential): PrfOutcome {
  const prf = credential.getClientExtensionResults().prf as { enabled?: boolean; results?: { first?: unknown; second?: unknown } } | undefined;
  const first = take(prf?.results?.first);
  const second = take(prf?.results?.second);
  if (first) return new Handle(first, second && new Handle(second, undefined));
  return prf?.enabled === true ? "passkey.prf-pending" : "passkey.prf-unsupported";
}

function take(result: unknown): Promise<CryptoKey> | undefined {
  // Not `instanceof`: an extension hands over buffers of a realm of its own.
  const view = ArrayBuffer.isView(result);
  if (!view && Object.prototype.toString.call(result) !== "[object ArrayBuffer]") return undefined;
  const bytes = view ? new Uint8Array(result.buffer as ArrayBuffer, result.byteOffset, result.byteLength) : new Uint8Array(result as ArrayBuffer);
  return imported(bytes, ["deriveKey", "deriveBits"]);
}

/** The bytes are copied before `importKey` returns (Web Cryptography §14.3.9), so that they can be overwritten then. */
function imported(bytes: Uint8Array<ArrayBuffer>, allowed: KeyUsage[]): Promise<CryptoKey> {
  const key = crypto.subtle.importKey("raw", bytes, "HKDF", false, allowed);
  // Nobody may ever ask for it.
  key.catch(() => undefined);
  bytes.fill(0);
  return key;
}
