import type { ConsentReceiptsGlue } from "../glue/consent-receipts.js";
import type { Core } from "../lib/core.js";
import type { Decision } from "../lib/decision.js";
import { PrivacyError } from "../lib/error.js";

/** A signed receipt: a flattened JSON Web Signature (RFC 7515 §7.2.2) by the shopper's key. */
export interface SignedReceipt {
  /** The receipt, base64url of canonical JSON-LD. */
  readonly payload: string;
  /** The header with the key, base64url of JSON. */
  readonly protected: string;
  /** The signature, base64url. */
  readonly signature: string;
}

/** Where a shopper decided. */
export type ReceiptSurface = "banner" | "settings" | "script";

/** What a receipt says beside policy and decision. */
export interface ReceiptCircumstances {
  /** The public key that will sign, on P-256. */
  readonly key: JsonWebKey;
  /** The shop's origin. */
  readonly origin: string;
  /** The language in which was asked, a BCP 47 tag. */
  readonly language: string;
  /** A country, or a country and its subdivision, where it is known. */
  readonly region?: string;
  /** Where was decided. */
  readonly surface: ReceiptSurface;
  /** What was granted before: what is not any more was withdrawn. */
  readonly before?: readonly string[];
  /** The receipt before this one. */
  readonly previous?: SignedReceipt;
}

/** What the verifier is to believe, beside the file. */
export interface ReceiptTrust {
  /** Thumbprints of the shop's keys; without any, the key in the file is taken for the shop's. */
  readonly shop?: readonly string[];
  /** Thumbprints of the witnesses' keys. */
  readonly witness?: readonly string[];
  /** What the log answers today, each answer's text: whether it still begins as the receipts say. */
  readonly today?: readonly string[];
}

/** What a receipt says, in short. */
export interface ReceiptSummary {
  /** A random UUID. */
  readonly id: string;
  /** When was decided, in seconds since 1970. */
  readonly at: number;
  /** The shop's origin. */
  readonly origin: string;
  /** The policy's version. */
  readonly policy: string;
  /** The language in which was asked. */
  readonly language: string;
  /** Where was decided. */
  readonly surface: ReceiptSurface;
  /** Every purpose that was asked about. */
  readonly purposes: readonly {
    /** Its id. */
    readonly purpose: string;
    /** Its name, as it was shown. */
    readonly name: string;
    /** What became of the consent. */
    readonly status: "given" | "refused" | "withdrawn";
  }[];
}

/** One check of a receipt. */
export interface ReceiptCheck {
  /** Of which receipt in the file, counted from 0. */
  readonly receipt: number;
  /** What is checked. */
  readonly check: "signature" | "form" | "kantara" | "chain" | "countersignature" | "inclusion" | "witness" | "consistency";
  /** How it came out; `absent`: there is nothing to check it by. */
  readonly outcome: "holds" | "fails" | "absent";
  /** Why, in English, for people who look closer. */
  readonly because: string;
}

/** What a file of receipts is worth. */
export interface ReceiptReport {
  /** Whether nothing failed. */
  readonly holds: boolean;
  /** The receipts that could be read. */
  readonly receipts: readonly ReceiptSummary[];
  /** Every check, in order. */
  readonly checks: readonly ReceiptCheck[];
}

/** The verbs of receipts, once they are loaded. */
export interface ConsentReceipts {
  /** What the shopper's key has to sign: `protected.payload`. Throws `consent.policy-invalid`, `consent.decision-invalid` or `consent.receipt-invalid`. */
  compose(policy: string | object, decision: Decision, circumstances: ReceiptCircumstances): string;
  /** The same as a Kantara Consent Receipt 1.1; `null` where nothing was granted. Throws `consent.receipt-invalid`. */
  kantara(receipt: SignedReceipt): object | null;
  /** Checks a file of receipts. Throws `consent.receipt-invalid` when it is none. */
  verify(file: string, trust?: ReceiptTrust): ReceiptReport;
  /** The sizes of the shop's log that a file's receipts know: what to ask the log about. */
  sizes(file: string): readonly number[];
  /** A key's name: its thumbprint (RFC 7638). */
  thumbprint(key: JsonWebKey): string;
}

/** Puts the verbs over the running module. */
export function open(core: Core<ConsentReceiptsGlue>): ConsentReceipts {
  return Object.freeze<ConsentReceipts>({
    compose(policy, decision, circumstances) {
      const { key, origin, language, region = "", surface, before = [], previous } = circumstances;
      const chained = previous === undefined ? "" : text(previous);
      return core.call((rust) => rust.composeReceipt(text(policy), text(decision), text(key), origin, language, region, surface, [...before], chained));
    },
    kantara: (receipt) => core.call((rust) => (JSON.parse(rust.kantaraReceipt(text(receipt)) || "null") as object | null)),
    verify(file, { shop = [], witness = [], today = [] } = {}) {
      return core.call((rust) => JSON.parse(rust.verifyReceipts(file, [...shop], [...witness], [...today])) as ReceiptReport);
    },
    sizes: (file) => core.call((rust) => [...rust.receiptLogSizes(file)]),
    thumbprint: (key) => core.call((rust) => rust.keyThumbprint(text(key))),
  });
}

function text(source: string | object): string {
  if (typeof source === "string") return source;
  try {
    return JSON.stringify(source);
  } catch (cause) {
    throw new PrivacyError("input.invalid", "expected JSON, found an object that refers to itself", { cause });
  }
}
