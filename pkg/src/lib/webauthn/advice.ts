import { isPrivacyError, type PrivacyErrorCode } from "../error.js";

/** What to offer a visitor next. */
export type PasskeyNext =
  /** The same again: the button, as it is. */
  | "passkey"
  /** A passkey on another device, or a security key. */
  | "another-device"
  /** Another way to sign in that the shop has. */
  | "another-way"
  /** To load the page again. */
  | "reload"
  /** To go on: there is a passkey already, or nothing was lost. */
  | "continue"
  /** The shop's help: the visitor cannot mend this. */
  | "help";

/** Whether trying again can help, and what to offer next. */
export interface PasskeyAdvice {
  /** Whether the same call can succeed without a change. */
  readonly retryable: boolean;
  /** What to offer. */
  readonly next: PasskeyNext;
}

const advice: Readonly<Partial<Record<PrivacyErrorCode, readonly [retryable: boolean, next: PasskeyNext]>>> = {
  "passkey.options-invalid": [false, "help"],
  "passkey.options-expired": [true, "passkey"],
  "passkey.response-invalid": [true, "another-way"],
  "passkey.cancelled": [true, "passkey"],
  "passkey.timeout": [true, "passkey"],
  "passkey.already-registered": [false, "continue"],
  "passkey.not-allowed": [true, "another-way"],
  "passkey.not-supported": [false, "another-way"],
  "passkey.prf-unsupported": [false, "another-device"],
  "passkey.prf-pending": [true, "passkey"],
  "passkey.rp-mismatch": [false, "help"],
  "passkey.busy": [true, "reload"],
  "passkey.aborted": [true, "passkey"],
  "passkey.server-refused": [false, "another-way"],
  "passkey.insecure-context": [false, "help"],
  "passkey.policy-blocked": [false, "help"],
  "passkey.activation-needed": [true, "passkey"],
  "passkey.page-inactive": [true, "passkey"],
  "passkey.none-here": [false, "another-way"],
  "passkey.mode-unsupported": [false, "passkey"],
  "passkey.algorithm-unsupported": [false, "another-device"],
  "passkey.authenticator-unfit": [false, "another-device"],
  "passkey.authenticator-failed": [true, "another-device"],
  "passkey.unresponsive": [false, "reload"],
  "passkey.credential-unknown": [false, "another-way"],
  "passkey.order-mismatch": [false, "help"],
  "passkey.payment-unsupported": [false, "passkey"],
  "network.failed": [true, "passkey"],
  "load.missing": [true, "another-way"],
  "load.timeout": [true, "another-way"],
  "module.trapped": [true, "reload"],
};

/** What to make of a failure around passkeys; whatever has no advice of its own is worth another way. */
export function passkeyAdvice(failure: unknown): PasskeyAdvice {
  const code = isPrivacyError(failure) ? failure.code : (failure as PrivacyErrorCode);
  const [retryable, next] = advice[code] ?? [false, "another-way"];
  return { retryable, next };
}
