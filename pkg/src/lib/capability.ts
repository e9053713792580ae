import type { PrivacyErrorCode } from "./error.js";

/** What the package does for a shop, and the name of each one's module. */
export type Capability = "password" | "password-generate" | "passkey" | "passkey-fallback" | "payment" | "payment-hpke" | "payment-rsa" | "consent" | "consent-iab" | "consent-minimise" | "consent-receipts" | "consent-signals" | "tools";

/** The steps a visitor takes with each capability, as {@link StepReport} names them. */
export interface CapabilitySteps {
  /** Loading, then measuring. */
  password: "load" | "estimate";
  /** Loading, then suggesting a password and taking it. */
  "password-generate": "load" | "suggest" | "use";
  /** Loading, then the ceremonies and the housekeeping around them. */
  passkey: "load" | "options" | "register" | "sign-in" | "verify" | "list" | "rename" | "remove";
  /** Loading, entering a code, having another one sent, enrolling an authenticator, keeping recovery codes. */
  "passkey-fallback": "load" | "enter" | "resend" | "extend" | "enrol" | "keep";
  /** Loading, fetching the processor's key, checking the fields, sealing, sending the form. */
  payment: "load" | "keys" | "check" | "seal" | "submit";
  /** Loading what seals for HPKE. */
  "payment-hpke": "load";
  /** Loading what seals for RSA. */
  "payment-rsa": "load";
  /** Loading, reading the policy, asking, deciding, sending the record, changing one's mind, deleting what is left; showing partners and history. */
  consent: "load" | "policy" | "vendors" | "history" | "show" | "decide" | "record" | "withdraw" | "clear" | "request";
  /** Loading, reading the vendor list, writing and reading strings. */
  "consent-iab": "load" | "list" | "encode" | "decode";
  /** Loading, making pseudonyms, redacting. */
  "consent-minimise": "load" | "pseudonym" | "redact";
  /** Loading, writing receipts, checking them. */
  "consent-receipts": "load" | "compose" | "verify";
  /** Loading, reading the vendor list, making all signals, putting one into words. */
  "consent-signals": "load" | "list" | "signals" | "explain";
  /** Loading, checking a policy, making what follows from it. */
  tools: "load" | "check" | "build";
}

/** How a step ended. */
export type StepOutcome = "ok" | "failed" | "cancelled" | "late";

/** How long a step took, in buckets too wide to tell one visitor from another. */
export type DurationBucket = "<100ms" | "<1s" | "<3s" | "<10s" | ">=10s";

/** One step of a visitor's way through a capability, from closed lists alone: no id, no free text. */
export type StepReport = {
  [C in Capability]: {
    /** Whose step it is. */
    readonly capability: C;
    /** Which step it is. */
    readonly step: CapabilitySteps[C];
    /** How it ended. */
    readonly outcome: StepOutcome;
    /** Why it did not end well, where there is a code; else `null`. */
    readonly code: PrivacyErrorCode | null;
    /** How long it took. */
    readonly duration: DurationBucket;
  };
}[Capability];

/** The bucket of a duration in milliseconds. */
export function durationBucket(milliseconds: number): DurationBucket {
  if (milliseconds < 100) return "<100ms";
  if (milliseconds < 1_000) return "<1s";
  if (milliseconds < 3_000) return "<3s";
  return milliseconds < 10_000 ? "<10s" : ">=10s";
}
