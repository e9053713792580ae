import create from "./glue/passkey-fallback.js";
import bytes from "./inline/passkey-fallback.js";
import { loader, type Load } from "./lib/load.js";
import { open, type PasskeyFallback } from "./verbs/passkey-fallback.js";

export * from "./lib/public.js";
export type { Hotp, OtpAlgorithm, OtpauthLink, PasskeyFallback, QrPicture, RecoveryCodes, Totp, TotpOutcome } from "./verbs/passkey-fallback.js";

/**
 * Loads the same from bytes within this file: for servers, tests and bundlers that cannot fetch. Shares its instance with
 * `storefront-privacy/passkey-fallback`.
 */
export const load: Load<PasskeyFallback> = loader({ capability: "passkey-fallback", create, home: () => bytes, open });
