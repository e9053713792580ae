import create from "./glue/passkey.js";
import { loader, type Load } from "./lib/load.js";
import { open, type Passkey } from "./verbs/passkey.js";

export * from "./lib/public.js";
export { passkeyAdvice, type PasskeyAdvice, type PasskeyNext } from "./lib/webauthn/advice.js";
export { signalAllAcceptedCredentials, signalCurrentUserDetails, signalUnknownCredential } from "./lib/webauthn/signals.js";
export { isSupported } from "./verbs/passkey.js";
export type { BoundOrder, Capable, Passkey, PasskeyCapabilities, PasskeyHint, PrfHandle, PrfInputs, PrfKeyUse, PrfValues, RegisterOptions, SignInOptions } from "./verbs/passkey.js";

/**
 * Loads the passkey capability. One instance is shared by all that load it on a page; the first source wins, and
 * another one is refused with `load.conflict`.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 * A later call tries again.
 */
export const load: Load<Passkey> = loader({
  capability: "passkey",
  create,
  home: () => new URL("./wasm/passkey.wasm", import.meta.url),
  open,
});
