/*
 * WebAuthn Level 3 §10.1.4: what a passkey computes is taken once, made into a key that script cannot read, and
 * overwritten where it was. `src/passkey/prf.rs` derives the same keys.
 */
import { isPrivacyError, PrivacyError } from "../error.js";

/** One or two inputs that a passkey computes over: bytes, or their base64url. Never secret, and never changed. */
export interface PrfValues {
  /** The input that the key comes from. */
  readonly first: Uint8Array | ArrayBuffer | string;
  /** A second one, for moving to a new input in the same touch. */
  readonly second?: Uint8Array | ArrayBuffer | string;
}

/** What a page wants computed: for any passkey, or for passkeys by their identifier in base64url. */
export interface PrfInputs {
  /** For any passkey. */
  readonly eval?: PrfValues;
  /** For those that a sign-in allows, by identifier; it goes before `eval`. */
  readonly evalByCredential?: Readonly<Record<string, PrfValues>>;
}

/** What a derived key is for. A key for one use is never the key for another. */
export type PrfKeyUse = "AES-GCM" | "HMAC" | "HKDF";

/** Stands for what a passkey computed. Nothing reads the bytes: keys for a purpose are derived from them. */
export interface PrfHandle {
  /**
   * The 256-bit key for one use and one purpose (1 to 256 bytes), which cannot be exported: HKDF-SHA-256 (RFC 5869).
   * The same passkey, input, use and purpose give the same key. Rejects with `input.invalid`.
   */
  deriveKey(use: PrfKeyUse, purpose: string): Promise<CryptoKey>;
  /** What was computed over the second input, where there was one. */
  readonly second: PrfHandle | undefined;
}

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

type Outcome = PrfHandle | "passkey.prf-pending" | "passkey.prf-unsupported";

/** By the response that it came with: it is in nothing that can be sent. */
const outcomes = new WeakMap<object, Outcome>();

/** Takes what the passkey computed out of the credential, and overwrites it there, before anything is awaited. */
export function takePrf(credential: PublicKeyCredential): Outcome {
  const prf = credential.getClientExtensionResults().prf as { enabled?: boolean; results?: { first?: unknown; second?: unknown } } | undefined;
  const first = take(prf?.results?.first);
  const second = take(prf?.results?.second);
  if (first) return new Handle(first, second && new Handle(second, undefined));
  return prf?.enabled === true ? "passkey.prf-pending" : "passkey.prf-unsupported";
}

/** Keeps an outcome beside the response that it came with. */
export function keepPrf<T extends object>(response: T, outcome: Outcome): T {
  outcomes.set(response, outcome);
  return response;
}

/** The handle that came with a response. */
export function prfOf(response: object): PrfHandle {
  const outcome = outcomes.get(response) ?? "passkey.prf-unsupported";
  if (typeof outcome !== "string") return outcome;
  throw new PrivacyError(
    outcome,
    outcome === "passkey.prf-pending" ? "the passkey has PRF, and computes when it signs in: ask for a sign-in with it" : "no PRF came with this response: the authenticator or the browser has none, or it was not asked for",
  );
}

/**
 * Starts a ceremony, and once more without PRF where the platform fails at the sight of it, as Windows Hello does with
 * `UnknownError`. The first start is synchronous.
 */
export async function orWithoutPrf<O extends object, T>(json: O, start: (json: O) => Promise<T>): Promise<T> {
  try {
    return await start(json);
  } catch (caught) {
    const { prf, ...extensions } = (json as { extensions?: { prf?: unknown } }).extensions ?? {};
    const name = isPrivacyError(caught) && (caught.cause as Error | undefined)?.name;
    if (!prf || (name !== "UnknownError" && name !== "NotSupportedError")) throw caught;
    return start({ ...json, extensions });
  }
}

function take(result: unknown): Promise<CryptoKey> | undefined {
  if (!(result instanceof ArrayBuffer || ArrayBuffer.isView(result))) return undefined;
  const bytes = ArrayBuffer.isView(result) ? new Uint8Array(result.buffer as ArrayBuffer, result.byteOffset, result.byteLength) : new Uint8Array(result);
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
