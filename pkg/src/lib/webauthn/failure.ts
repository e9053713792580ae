import { PrivacyError, type PrivacyErrorCode } from "../error.js";

/** Which of the two ceremonies: registering creates a credential, signing in gets one. */
export type Ceremony = "create" | "get";

/** How the browser is asked, where not by a dialogue. */
export type Mode = "conditional" | "immediate" | undefined;

/** What happened around a ceremony that failed: the browser's `NotAllowedError` says nothing by design. */
export interface Circumstances {
  /** Which ceremony. */
  readonly ceremony: Ceremony;
  /** How the browser was asked. */
  readonly mode: Mode;
  /** How long it ran, in milliseconds. */
  readonly elapsed: number;
  /** How long the options let it run, where they say. */
  readonly timeout: number | undefined;
}

type Reason = readonly [code: PrivacyErrorCode, why: string];

const steps: Readonly<Record<Ceremony, string>> = { create: "createCredential", get: "getAssertion" };

const reasons: Readonly<Record<string, Reason>> = {
  AbortError: ["passkey.aborted", "the page ended the ceremony"],
  InvalidStateError: ["passkey.already-registered", "an authenticator of excludeCredentials answered"],
  SecurityError: ["passkey.rp-mismatch", "expected an rpId of this page's domain, or one that lists it as related"],
  ConstraintError: ["passkey.authenticator-unfit", "no authenticator can keep a passkey and verify the visitor"],
  OperationError: ["passkey.busy", "another ceremony is pending"],
  EncodingError: ["passkey.options-invalid", "expected base64url in the options"],
  TypeError: ["passkey.options-invalid", "the browser could not read the options"],
  DeafError: ["passkey.unresponsive", "something before the browser did not end the ceremony: an extension?"],
};

/** Shorter than anyone needs to close a dialogue. */
const reflex = 150;

/** The error of a ceremony that failed, with the specification's step. */
export function ceremonyFailure(caught: unknown, circumstances: Circumstances): PrivacyError {
  const { name = "", message = "" } = (caught ?? {}) as { name?: string; message?: string };
  const known = Object.hasOwn(reasons, name) ? reasons[name] : undefined;
  const [code, why] = known ?? otherwise(name, message, circumstances);
  return new PrivacyError(code, `${why} (https://www.w3.org/TR/webauthn-3/#sctn-${steps[circumstances.ceremony]})`, { cause: caught });
}

/** Why this page can have no ceremony of this kind; `undefined` where it can. */
export function obstacle(): PrivacyError | undefined {
  if (typeof PublicKeyCredential === "function" && typeof globalThis.navigator?.credentials?.create === "function") return undefined;
  return !globalThis.isSecureContext
    ? new PrivacyError("passkey.insecure-context", "expected a page by https")
    : new PrivacyError("passkey.not-supported", "this browser has no passkeys, or this page may not use them");
}

/** The error of a credential that could not be read. */
export function readFailure(caught: unknown): PrivacyError {
  return new PrivacyError("passkey.response-invalid", "the authenticator's answer could not be read (https://www.w3.org/TR/webauthn-3/#iface-pkcredential)", { cause: caught });
}

function otherwise(name: string, message: string, { ceremony, mode, elapsed, timeout }: Circumstances): Reason {
  if (name === "NotSupportedError") {
    return ceremony === "create" ? ["passkey.algorithm-unsupported", "expected an algorithm that an authenticator here has"] : ["passkey.not-supported", "the options ask for what this browser has not"];
  }
  if (name !== "NotAllowedError") return ["passkey.authenticator-failed", "the authenticator failed"];
  if (timeout !== undefined && elapsed >= timeout) return ["passkey.timeout", `nobody answered within ${timeout} ms`];
  if (elapsed >= reflex && !document.hidden) return ["passkey.cancelled", "the visitor closed the dialogue"];
  // What engines say; the specification gives them no words.
  if (/polic(y|ies)/i.test(message)) return ["passkey.policy-blocked", "expected a permissions policy that allows publickey-credentials"];
  if (/gesture|activation/i.test(message)) return ["passkey.activation-needed", "expected a click or a key press"];
  if (document.hidden || /focus/i.test(message)) return ["passkey.page-inactive", "expected a page that is visible and has the focus"];
  return mode
    ? ["passkey.none-here", "the browser has no passkey of this site at hand"]
    : ["passkey.not-allowed", "the browser refused before anyone could answer: no passkey here, or nobody could be verified"];
}
