import { obstacle } from "./failure.js";

/** What a browser says of one capability; many say nothing of most. */
export type Capable = "yes" | "no" | "unknown";

/**
 * What this browser can do with passkeys: the keys of `getClientCapabilities` (WebAuthn Level 3 §5.8.8), extensions as
 * `extension:NAME`, and whatever else the browser names.
 */
export interface PasskeyCapabilities extends Readonly<Record<`extension:${string}`, Capable | undefined>> {
  /** It has passkeys at all, and this page may use them. */
  readonly webauthn: Capable;
  /** It can add a passkey without a dialogue, after a sign-in by password. */
  readonly conditionalCreate: Capable;
  /** It offers passkeys in the autofill of an input. */
  readonly conditionalGet: Capable;
  /** A passkey on another device, such as a phone, can be used. */
  readonly hybridTransport: Capable;
  /** It can sign in at once where it has a passkey, and say at once where it has none. */
  readonly immediateGet: Capable;
  /** The device, or a phone beside it, can keep a passkey. */
  readonly passkeyPlatformAuthenticator: Capable;
  /** The device has a screen lock that can keep a passkey. */
  readonly userVerifyingPlatformAuthenticator: Capable;
  /** A site can name others that use its passkeys. */
  readonly relatedOrigins: Capable;
  /** It can be told which passkeys of an account there are. */
  readonly signalAllAcceptedCredentials: Capable;
  /** It can be told an account's name. */
  readonly signalCurrentUserDetails: Capable;
  /** It can be told that a passkey is gone. */
  readonly signalUnknownCredential: Capable;
}

const keys = [
  "conditionalCreate",
  "conditionalGet",
  "hybridTransport",
  "immediateGet",
  "passkeyPlatformAuthenticator",
  "userVerifyingPlatformAuthenticator",
  "relatedOrigins",
  "signalAllAcceptedCredentials",
  "signalCurrentUserDetails",
  "signalUnknownCredential",
] as const;

/** Whether this browser has passkeys and this page may use them: they need a secure context. */
export function isSupported(): boolean {
  return obstacle() === undefined;
}

type Told = Readonly<Record<string, boolean | undefined>>;

interface Probes {
  getClientCapabilities?(): Promise<Record<string, boolean>>;
  isConditionalMediationAvailable?(): Promise<boolean>;
  isUserVerifyingPlatformAuthenticatorAvailable?(): Promise<boolean>;
}

/** Asks the browser: in one call (WebAuthn Level 3 §5.1.7), or by what older ones have; a probe that throws says nothing. */
export async function clientCapabilities(): Promise<PasskeyCapabilities> {
  if (!isSupported()) return report({}, "no");
  const probes: Probes = PublicKeyCredential;
  const told = await ask(() => probes.getClientCapabilities?.());
  if (told) return report(told, "yes");
  const [conditionalGet, userVerifyingPlatformAuthenticator] = await Promise.all([
    ask(() => probes.isConditionalMediationAvailable?.()),
    ask(() => probes.isUserVerifyingPlatformAuthenticatorAvailable?.()),
  ]);
  const signals = Object.fromEntries(keys.filter((key) => key.startsWith("signal")).map((key): [string, boolean] => [key, typeof (probes as Record<string, unknown>)[key] === "function"]));
  return report({ ...signals, conditionalGet, userVerifyingPlatformAuthenticator }, "yes");
}

/** A browser's answer, or `undefined` where it has none. */
async function ask<T>(question: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await question();
  } catch {
    return undefined;
  }
}

function report(told: Told, webauthn: Capable): PasskeyCapabilities {
  const otherwise = webauthn === "no" ? "no" : "unknown";
  const all = Object.fromEntries(keys.map((key): [string, Capable] => [key, otherwise]));
  for (const [key, can] of Object.entries(told)) {
    if (typeof can === "boolean") all[key] = can ? "yes" : "no";
  }
  return Object.freeze({ ...all, webauthn }) as unknown as PasskeyCapabilities;
}
