/** What {@link PasswordSuggestedEvent} says; never the password. */
export interface PasswordSuggestedDetail {
  /** What it is made of. */
  readonly kind: "words" | "characters";
  /** Its entropy in bits. */
  readonly entropy: number;
}

/** Fired by `<sp-password-field>` when the shopper takes the password that it suggests. */
export class PasswordSuggestedEvent extends CustomEvent<PasswordSuggestedDetail> {
  constructor(detail: PasswordSuggestedDetail) {
    super("sp-password-suggested", { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sp-password-suggested": PasswordSuggestedEvent;
  }
}
