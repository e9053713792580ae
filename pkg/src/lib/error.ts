/** Every code a {@link PrivacyError} can carry: the list of the Rust core, `Code::ALL`, in its order. */
export const privacyErrorCodes = [
  "load.blocked",
  "load.missing",
  "load.mime",
  "load.corrupt",
  "load.timeout",
  "load.conflict",
  "module.trapped",
  "worker.refused",
  "worker.late",
  "storage.refused",
  "storage.corrupt",
  "browser.unsupported",
  "network.failed",
  "gate.missing",
  "input.too-long",
  "input.invalid",
  "password.empty",
  "password.too-short",
  "password.too-long",
  "password.common",
  "password.context",
  "password.class-missing",
  "password.repeats",
  "password.expired",
  "password.policy-invalid",
  "password.rules-invalid",
  "password.random-missing",
  "passkey.options-invalid",
  "passkey.options-expired",
  "passkey.response-invalid",
  "passkey.cancelled",
  "passkey.timeout",
  "passkey.already-registered",
  "passkey.not-allowed",
  "passkey.not-supported",
  "passkey.prf-unsupported",
  "passkey.prf-pending",
  "passkey.rp-mismatch",
  "passkey.busy",
  "passkey.aborted",
  "passkey.server-refused",
  "passkey.insecure-context",
  "passkey.policy-blocked",
  "passkey.activation-needed",
  "passkey.page-inactive",
  "passkey.none-here",
  "passkey.mode-unsupported",
  "passkey.algorithm-unsupported",
  "passkey.authenticator-unfit",
  "passkey.authenticator-failed",
  "passkey.unresponsive",
  "passkey.credential-unknown",
  "passkey.order-mismatch",
  "passkey.payment-unsupported",
  "otp.secret-invalid",
  "otp.link-invalid",
  "otp.code-invalid",
  "otp.code-refused",
  "otp.random-missing",
  "recovery.code-invalid",
  "recovery.hashes-invalid",
  "dpop.key-unavailable",
  "dpop.proof-invalid",
  "payment.number-invalid",
  "payment.number-incomplete",
  "payment.brand-not-accepted",
  "payment.expiry-invalid",
  "payment.expiry-past",
  "payment.code-invalid",
  "payment.name-invalid",
  "payment.key-invalid",
  "payment.key-unsupported",
  "payment.key-unreachable",
  "payment.key-unsigned",
  "payment.key-expired",
  "payment.key-replaced",
  "payment.key-mismatch",
  "payment.key-weak",
  "payment.roots-refused",
  "payment.seal-failed",
  "payment.envelope-invalid",
  "payment.envelope-expired",
  "payment.envelope-replayed",
  "payment.order-mismatch",
  "consent.policy-invalid",
  "consent.decision-invalid",
  "consent.record-invalid",
  "consent.record-refused",
  "consent.receipt-invalid",
  "consent.request-refused",
  "signal.invalid",
  "signal.version",
  "signal.too-long",
  "tcf.cmp-missing",
  "vendor-list.invalid",
  "vendor-list.version",
  "vendor-list.too-long",
] as const;

/** What went wrong, as a stable `area.reason-words` code: a program's half of a {@link PrivacyError}. */
export type PrivacyErrorCode = (typeof privacyErrorCodes)[number];

/**
 * The one error type of this package. It never holds a password, a card number or a key, so that it may be
 * logged.
 */
export class PrivacyError extends Error {
  /** The class's name, which minifying would change. */
  static override readonly name = "PrivacyError";

  /** The stable code; the message is for developers and may change. */
  readonly code: PrivacyErrorCode;

  /** An error with this code; `cause` is what was caught, where there was something. */
  constructor(code: PrivacyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PrivacyError";
    this.code = code;
  }
}

/** Whether a caught value is a {@link PrivacyError}, of this copy of the package or of another one. */
export function isPrivacyError(value: unknown): value is PrivacyError {
  return value instanceof Error && value.name === "PrivacyError" && typeof (value as { code?: unknown }).code === "string";
}

const unavailable: ReadonlySet<string> = new Set<PrivacyErrorCode>([
  "load.blocked",
  "load.missing",
  "load.mime",
  "load.corrupt",
  "load.timeout",
  "load.conflict",
  "module.trapped",
  "worker.refused",
  "worker.late",
  "storage.refused",
  "browser.unsupported",
  "network.failed",
  "gate.missing",
  "passkey.not-supported",
  "passkey.insecure-context",
  "passkey.policy-blocked",
  "payment.key-invalid",
  "payment.key-unsupported",
  "payment.key-unreachable",
  "payment.key-unsigned",
  "payment.key-expired",
  "payment.key-replaced",
  "payment.key-mismatch",
  "payment.key-weak",
  "payment.roots-refused",
  "consent.policy-invalid",
]);

/**
 * Whether this code says that a capability cannot be offered at all, rather than that something a visitor
 * entered or did has to be done otherwise.
 */
export function isUnavailable(code: PrivacyErrorCode): boolean {
  return unavailable.has(code);
}

/** Turns anything caught into a {@link PrivacyError}; what has no code of its own gets `code` and `message`. */
export function toPrivacyError(caught: unknown, code: PrivacyErrorCode, message: string): PrivacyError {
  if (caught instanceof PrivacyError) return caught;
  return isPrivacyError(caught)
    ? new PrivacyError(caught.code, caught.message, { cause: caught })
    : new PrivacyError(code, message, { cause: caught });
}
