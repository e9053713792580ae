import create from "./glue/passkey-fallback.js";
import { loader, type Load } from "./lib/load.js";
import { open, type PasskeyFallback } from "./verbs/passkey-fallback.js";

export * from "./lib/public.js";
export type { Hotp, OtpAlgorithm, OtpauthLink, PasskeyFallback, QrPicture, RecoveryCodes, Totp, TotpOutcome } from "./verbs/passkey-fallback.js";

/**
 * Loads one-time codes, recovery codes and QR codes: for when no passkey is at hand. One instance is shared by all that load it on a
 * page; the first source wins, and another one is refused with `load.conflict`.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 * A later call tries again.
 */
export const load: Load<PasskeyFallback> = loader({
  capability: "passkey-fallback",
  create,
  home: () => new URL("./wasm/passkey-fallback.wasm", import.meta.url),
  open,
});
