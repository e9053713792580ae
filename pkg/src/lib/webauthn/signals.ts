/*
 * WebAuthn Level 3 §5.1.11: what a server knows of its passkeys, told to whoever keeps them. A browser that does not listen
 * is no failure: each verb says whether it was told.
 */

/** What every signal names: the relying party; this page's domain where left out. */
interface Signalled {
  /** The relying party's identifier. */
  readonly rpId?: string | undefined;
}

type Verb = "signalUnknownCredential" | "signalAllAcceptedCredentials" | "signalCurrentUserDetails";

/** Says that the server knows no such passkey (any more), so that it is not offered again. `credentialId` is base64url. */
export function signalUnknownCredential(what: Signalled & { readonly credentialId: string }): Promise<boolean> {
  return signal("signalUnknownCredential", what);
}

/** Says which passkeys of an account there are; all others of it are no longer offered. All identifiers are base64url. */
export function signalAllAcceptedCredentials(what: Signalled & { readonly userId: string; readonly allAcceptedCredentialIds: readonly string[] }): Promise<boolean> {
  return signal("signalAllAcceptedCredentials", what);
}

/** Says what an account is called now. `userId` is base64url. */
export function signalCurrentUserDetails(what: Signalled & { readonly userId: string; readonly name: string; readonly displayName: string }): Promise<boolean> {
  return signal("signalCurrentUserDetails", what);
}

async function signal(verb: Verb, what: Signalled): Promise<boolean> {
  try {
    const known = globalThis.PublicKeyCredential as unknown as Partial<Record<Verb, (what: object) => Promise<void>>>;
    if (typeof known[verb] !== "function") return false;
    await known[verb]({ ...what, rpId: what.rpId ?? location.hostname });
    return true;
  } catch {
    return false;
  }
}
