import create from "./glue/passkey.js";
import bytes from "./inline/passkey.js";
import { loader, type Load } from "./lib/load.js";
import { open, type Passkey } from "./verbs/passkey.js";

export * from "./lib/public.js";
export { passkeyAdvice, type PasskeyAdvice, type PasskeyNext } from "./lib/webauthn/advice.js";
export { signalAllAcceptedCredentials, signalCurrentUserDetails, signalUnknownCredential } from "./lib/webauthn/signals.js";
export { isSupported } from "./verbs/passkey.js";
export type { BoundOrder, Capable, Passkey, PasskeyCapabilities, PasskeyHint, PrfHandle, PrfInputs, PrfKeyUse, PrfValues, RegisterOptions, SignInOptions } from "./verbs/passkey.js";

/**
 * Loads the passkey capability from bytes within this file: for servers, tests and bundlers that cannot fetch.
 * Shares its instance with `storefront-privacy/passkey`.
 */
export const load: Load<Passkey> = loader({ capability: "passkey", create, home: () => bytes, open });
