/*
 * WebAuthn Level 3 §10.1.4: what came of the PRF extension, beside the response that it came with. What makes handles is
 * fetched where PRF is asked for.
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

/** What came of the extension. */
export type PrfOutcome = PrfHandle | "passkey.prf-pending" | "passkey.prf-unsupported";

/** By the response that it came with: it is in nothing that can be sent. */
const outcomes = new WeakMap<object, PrfOutcome>();

/** Keeps an outcome beside the response that it came with. */
export function keepPrf<T extends object>(response: T, outcome: PrfOutcome): T {
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

/** Whether the browser is asked to compute anything. */
export function asksForPrf(json: { extensions?: object }): boolean {
  return "prf" in (json.extensions ?? {});
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
