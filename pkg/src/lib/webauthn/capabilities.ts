/** What this browser can do with passkeys; `false` where it does not say. */
export interface PasskeyCapabilities {
  /** It has passkeys at all, and this page may use them. */
  readonly webauthn: boolean;
  /** It offers passkeys in the autofill of an input. */
  readonly conditionalGet: boolean;
  /** It can add a passkey without a dialogue, after a sign-in by password. */
  readonly conditionalCreate: boolean;
  /** The device has a screen lock that can keep a passkey. */
  readonly platformAuthenticator: boolean;
  /** A passkey on another device, such as a phone, can be used. */
  readonly hybridTransport: boolean;
}

/** Whether this browser has passkeys and this page may use them: they need a secure context. */
export function isSupported(): boolean {
  return typeof PublicKeyCredential === "function" && typeof globalThis.navigator?.credentials?.create === "function";
}

interface Probes {
  getClientCapabilities?(): Promise<Record<string, boolean>>;
  isConditionalMediationAvailable?(): Promise<boolean>;
  isUserVerifyingPlatformAuthenticatorAvailable?(): Promise<boolean>;
}

/** Asks the browser: in one call (WebAuthn Level 3 §5.1.7), or by the two older ones. */
export async function clientCapabilities(): Promise<PasskeyCapabilities> {
  if (!isSupported()) return report({}, false);
  const probes: Probes = PublicKeyCredential;
  const told = await ask(() => probes.getClientCapabilities?.());
  if (told) return report(told, true);
  const [conditionalGet, platform] = await Promise.all([
    ask(() => probes.isConditionalMediationAvailable?.()),
    ask(() => probes.isUserVerifyingPlatformAuthenticatorAvailable?.()),
  ]);
  return report({ conditionalGet: conditionalGet ?? false, userVerifyingPlatformAuthenticator: platform ?? false }, true);
}

/** A browser's answer, or `undefined` where it has none. */
async function ask<T>(question: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await question();
  } catch {
    return undefined;
  }
}

function report(told: Record<string, boolean>, webauthn: boolean): PasskeyCapabilities {
  const can = (name: string): boolean => told[name] === true;
  return Object.freeze({
    webauthn,
    conditionalGet: can("conditionalGet"),
    conditionalCreate: can("conditionalCreate"),
    platformAuthenticator: can("userVerifyingPlatformAuthenticator"),
    hybridTransport: can("hybridTransport"),
  });
}
