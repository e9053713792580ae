import type { FieldProblem } from "../../verbs/payment.js";
import type { CardState } from "./card-desk.js";

/** What {@link PaymentSealedEvent} says: no more of a card than a receipt shows. */
export interface PaymentSealedDetail {
  /** The card's brand, such as `visa`; `null` when it is not known. */
  readonly brand: string | null;
  /** The first six digits, which name the issuer. */
  readonly bin: string;
  /** The last four digits. */
  readonly lastFour: string;
}

/** What {@link PaymentInvalidEvent} says: which fields are not right, and why; never what was typed. */
export interface PaymentInvalidDetail {
  /** The problems, in the order of the fields. */
  readonly problems: readonly FieldProblem[];
}

/** Fired by `<sp-payment-form>` when the card is sealed, before the form is sent with the envelope. */
export class PaymentSealedEvent extends CustomEvent<PaymentSealedDetail> {
  constructor(detail: PaymentSealedDetail) {
    super("sp-payment-sealed", { bubbles: true, composed: true, detail });
  }
}

/** Fired by `<sp-payment-form>` when the form was not sent because of what is in its fields. */
export class PaymentInvalidEvent extends CustomEvent<PaymentInvalidDetail> {
  constructor(detail: PaymentInvalidDetail) {
    super("sp-payment-invalid", { bubbles: true, composed: true, detail });
  }
}

/** Fired by `<sp-payment-form>` when what may be known of the card has changed: its brand, and how far each field is. */
export class PaymentChangedEvent extends CustomEvent<CardState> {
  constructor(detail: CardState) {
    super("sp-payment-changed", { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sp-payment-sealed": PaymentSealedEvent;
    "sp-payment-invalid": PaymentInvalidEvent;
    "sp-payment-changed": PaymentChangedEvent;
  }
}
