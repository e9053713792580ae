import type { Correction, PasswordRule, PasswordSuggestion, PasswordWarning } from "../../password.js";

/** What {@link PasswordEstimatedEvent} says; never the password. */
export interface PasswordEstimatedDetail {
  /** From 0 (very weak) to 4 (very strong); `null` where it could not be measured, only held against the rules and the ranked list. */
  readonly score: 0 | 1 | 2 | 3 | 4 | null;
  /** The decimal logarithm of the guesses an attacker needs; `null` as the score. */
  readonly guessesLog10: number | null;
  /** Whether the guesses are an estimate, or a lower bound from the first characters; `null` as the score. */
  readonly bound: "estimate" | "lower" | null;
  /** Its place among the most used passwords, or a bound of it; `null` where it is not listed, or the list is not there. */
  readonly rank: number | null;
  /** Why it is easy to guess, as a code; `null` when there is nothing to say. */
  readonly warning: PasswordWarning | null;
  /** What would make it better, as codes. */
  readonly suggestions: readonly PasswordSuggestion[];
  /** Where the guesses are ours rather than zxcvbn's, by the ids of the corrections. */
  readonly corrections: readonly Correction[];
  /** The rules of the policy that it does not meet. */
  readonly failed: readonly PasswordRule[];
}

/** Fired by `<sp-password-meter>` and `<sp-password-field>` when a password was measured. */
export class PasswordEstimatedEvent extends CustomEvent<PasswordEstimatedDetail> {
  constructor(detail: PasswordEstimatedDetail) {
    super("sp-password-estimated", { bubbles: true, composed: true, detail });
  }
}

/** What {@link PasswordBreachEvent} says; never the password, nor a part of its hash. */
export interface PasswordBreachDetail {
  /** Whether known data breaches have it; `unchecked` where the service could not be asked, which is not a `clear`. */
  readonly result: "found" | "clear" | "unchecked";
  /** How many times it was seen there. */
  readonly count: number;
}

/** Fired when the shopper leaves the input, or sends its form, and the online service was asked. */
export class PasswordBreachEvent extends CustomEvent<PasswordBreachDetail> {
  constructor(detail: PasswordBreachDetail) {
    super("sp-password-breach", { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sp-password-estimated": PasswordEstimatedEvent;
    "sp-password-breach": PasswordBreachEvent;
  }
}
