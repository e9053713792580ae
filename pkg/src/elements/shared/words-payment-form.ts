/** The four fields of a card, and the words of one of them. */
export interface CardFieldWords {
  /** The field's label. */
  readonly label: string;
  /** What helps to fill it in; empty for none. */
  readonly hint: string;
}

/** Every text of `<sp-payment-form>`. A `{name}` in a text is filled in. */
export interface PaymentFormWords {
  /** What the fields are called together. */
  readonly label: string;
  /** The card number. */
  readonly number: CardFieldWords;
  /** The expiry date. */
  readonly expiry: CardFieldWords;
  /** The security code; `{length}` is how many digits it has. */
  readonly code: CardFieldWords;
  /** The name on the card. */
  readonly name: CardFieldWords;
  /** Introduces the brands that are taken. */
  readonly brands: string;
  /** Asks which of a card's networks is to take the payment. */
  readonly choose: string;
  /** Announced when the number's first digits tell its `{brand}`. */
  readonly recognised: string;
  /** The heading of the list of problems. */
  readonly summary: string;
  /** Announced after trying to pay, `{count}` problems. */
  readonly problemCount: string;
  /** Announced while the card is sealed. */
  readonly sealing: string;
  /** Announced when someone tries to pay before the form is ready. */
  readonly loading: string;
  /** What is said of a problem, by its code. */
  readonly problems: Readonly<Record<string, string>>;
  /** Said of a problem that has no text of its own. */
  readonly otherwise: string;
}

/** The texts in English. */
export const english: PaymentFormWords = {
  label: "Card",
  number: { label: "Card number", hint: "" },
  expiry: { label: "Expiry date", hint: "Month and year, such as 08/29" },
  code: { label: "Security code", hint: "{length} digits on the card" },
  name: { label: "Name on card", hint: "" },
  brands: "Cards accepted:",
  choose: "Pay with",
  recognised: "{brand} card.",
  summary: "Please check your card details",
  problemCount: "Card details to check: {count}.",
  sealing: "Encrypting your card…",
  loading: "The card form is still loading. Please try again in a moment.",
  problems: {
    "payment.number-incomplete": "Enter all digits of the card number.",
    "payment.number-invalid": "Check the card number: a digit seems to be wrong.",
    "payment.brand-not-accepted": "This shop does not take this kind of card. Use another one.",
    "payment.expiry-invalid": "Enter the expiry date as month and year, such as 08/29.",
    "payment.expiry-past": "This card has expired. Check the date, or use another card.",
    "payment.code-invalid": "Enter the {length} digits of the security code.",
    "payment.name-invalid": "Enter the name as it is on the card.",
    "payment.seal-failed": "Your card could not be encrypted, and nothing was sent. Enter the security code again and try once more.",
    "payment.order-mismatch": "This order has changed. Load the page again.",
    "input.invalid": "This order has changed. Load the page again.",
  },
  otherwise: "Your card could not be prepared for payment, and nothing was sent. Try again.",
};
