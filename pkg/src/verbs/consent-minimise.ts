import type { ConsentMinimiseGlue } from "../glue/consent-minimise.js";
import type { Core } from "../lib/core.js";
import { PrivacyError } from "../lib/error.js";

/** Less of a person in what is passed on. */
export interface ConsentMinimise {
  /**
   * The pseudonym of an id for one purpose in one epoch, 22 letters. Without the secret nobody can tell whether two pseudonyms of
   * different purposes or epochs are one person's; it stays personal data for whoever has the secret (GDPR Recital 26).
   *
   * `secret` has at least 32 random bytes; `epoch` is a whole number that grows: the day, week or month. Throws `input.invalid` or
   * `input.too-long`.
   */
  pseudonym(secret: Uint8Array, id: string, purpose: string, epoch: number): string;
  /**
   * The text with `[card]`, `[iban]`, `[email]`, `[phone]` and, in URLs, `[redacted]` in place of what was found. Best effort: it
   * does not know names or streets.
   */
  redact(text: string): string;
}

/** Puts the verbs over the running module. */
export function open(core: Core<ConsentMinimiseGlue>): ConsentMinimise {
  return Object.freeze<ConsentMinimise>({
    pseudonym(secret, id, purpose, epoch) {
      if (!Number.isInteger(epoch) || epoch < 0 || epoch > 0xffff_ffff) throw new PrivacyError("input.invalid", "expected a whole number below 2^32 as epoch");
      return core.call((rust) => rust.pseudonym(secret, id, purpose, epoch));
    },
    redact: (text) => core.call((rust) => rust.redact(text)),
  });
}
