import type { PasswordRule, PasswordSuggestion, PasswordWarning } from "../../password.js";

/** What {@link PasswordEstimatedEvent} says; never the password. */
export interface PasswordEstimatedDetail {
  /** From 0 (very weak) to 4 (very strong). */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** The decimal logarithm of the guesses an attacker needs. */
  readonly guessesLog10: number;
  /** Why it is easy to guess, as a code; `null` when there is nothing to say. */
  readonly warning: PasswordWarning | null;
  /** What would make it better, as codes. */
  readonly suggestions: readonly PasswordSuggestion[];
  /** The rules of the policy that it does not meet. */
  readonly failed: readonly PasswordRule[];
}

/** Fired by `<sp-password-meter>` when a password was measured. */
export class PasswordEstimatedEvent extends CustomEvent<PasswordEstimatedDetail> {
  constructor(detail: PasswordEstimatedDetail) {
    super("sp-password-estimated", { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sp-password-estimated": PasswordEstimatedEvent;
  }
}
