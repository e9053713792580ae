import { PrivacyError, type PrivacyErrorCode } from "../error.js";

/** Which of the two ceremonies: registering creates a credential, signing in gets one. */
export type Ceremony = "create" | "get";

const steps: Record<Ceremony, string> = {
  create: "https://www.w3.org/TR/webauthn-3/#sctn-createCredential",
  get: "https://www.w3.org/TR/webauthn-3/#sctn-getAssertion",
};

const reasons: Readonly<Record<string, readonly [PrivacyErrorCode, string]>> = {
  AbortError: ["passkey.aborted", "the ceremony was ended by the page"],
  InvalidStateError: ["passkey.already-registered", "an authenticator of excludeCredentials is registered already"],
  SecurityError: ["passkey.rp-mismatch", "expected an rpId that is this page's domain or one that lists it as related, in a secure context"],
  NotSupportedError: ["passkey.not-supported", "the authenticator has none of the algorithms or extensions that the options ask for"],
  ConstraintError: ["passkey.not-supported", "the authenticator cannot keep a passkey, or cannot verify the visitor"],
  OperationError: ["passkey.busy", "another ceremony is pending"],
  EncodingError: ["passkey.options-invalid", "expected base64url without padding in the options"],
  TypeError: ["passkey.options-invalid", "the browser could not read the options"],
};

/** What happened around a ceremony that failed: the browser's `NotAllowedError` says nothing by design. */
export interface Circumstances {
  /** Which ceremony. */
  readonly ceremony: Ceremony;
  /** How long it ran, in milliseconds. */
  readonly elapsed: number;
  /** How long the options let it run, where they say. */
  readonly timeout: number | undefined;
}

/** Shorter than anyone needs to close a dialogue. */
const reflex = 150;

/** The error of a ceremony that failed, with the specification's step. */
export function ceremonyFailure(caught: unknown, circumstances: Circumstances): PrivacyError {
  const name = caught instanceof Error || caught instanceof DOMException ? caught.name : "";
  const [code, reason] = reasons[name] ?? notAllowed(name, circumstances);
  return new PrivacyError(code, `${reason} (${steps[circumstances.ceremony]})`, { cause: caught });
}

/** The error of a credential that could not be read. */
export function readFailure(caught: unknown): PrivacyError {
  return new PrivacyError("passkey.response-invalid", "the authenticator's answer could not be read (https://www.w3.org/TR/webauthn-3/#iface-pkcredential)", { cause: caught });
}

function notAllowed(name: string, { elapsed, timeout }: Circumstances): readonly [PrivacyErrorCode, string] {
  if (name !== "NotAllowedError") return ["passkey.not-allowed", "the authenticator failed"];
  if (timeout !== undefined && elapsed >= timeout) return ["passkey.timeout", `nobody answered within ${timeout} ms`];
  return elapsed < reflex
    ? ["passkey.not-allowed", "the browser refused before anyone could answer: no passkey here, no user activation, or no permission"]
    : ["passkey.cancelled", "the visitor closed the dialogue"];
}
