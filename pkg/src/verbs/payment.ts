import type { PaymentGlue } from "../glue/payment.js";
import type { Core } from "../lib/core.js";
import { PrivacyError, type PrivacyErrorCode } from "../lib/error.js";

/** A card as a shopper enters it. None of it is kept, and none of it is ever put in an error. */
export interface Card {
  /** The number, with or without spaces. */
  readonly number: string;
  /** The expiry date, as `MM / YY` or `MM/YYYY`. */
  readonly expiry: string;
  /** The security code. */
  readonly code: string;
  /** The name on the card. */
  readonly name: string;
}

/** A field of the card form. */
export type CardField = keyof Card;

/** What is wrong with one field of a card. */
export interface FieldProblem {
  /** Which field. */
  readonly field: CardField;
  /** What is wrong with it. */
  readonly code: PrivacyErrorCode;
}

/** A card number while it is typed. */
export interface NumberFormat {
  /** The text in the groups of its brand. */
  readonly text: string;
  /** Where the caret belongs in that text, in UTF-16 units. */
  readonly caret: number;
  /** The brand that the first digits tell, such as `visa`; `null` while they tell none. */
  readonly brand: string | null;
  /** Whether it has as many digits as its brand has at least. */
  readonly complete: boolean;
  /** Whether it is complete and its check digit is right. */
  readonly valid: boolean;
  /** How many digits there are. */
  readonly digits: number;
  /** How many digits the security code of this brand has. */
  readonly codeLength: number;
}

/** An expiry date while it is typed. */
export interface ExpiryFormat {
  /** The text as `MM / YY`. */
  readonly text: string;
  /** Where the caret belongs in that text, in UTF-16 units. */
  readonly caret: number;
  /** Whether month and year are there. */
  readonly complete: boolean;
}

/** What is paid: bound into the envelope, so that it opens for this order and no other. */
export interface Order {
  /** The shop's name for the order. */
  readonly id: string;
  /** The amount in the currency's minor unit: 1999 for 19.99 EUR. */
  readonly amount: bigint | number;
  /** The currency, as its ISO 4217 letters. */
  readonly currency: string;
}

/** Who can open the envelope. */
export interface Recipient {
  /** The processor's public key as a JWK, or its JWK Set, of which the first key that can be used is taken. */
  readonly keys: JsonWebKey | { readonly keys: readonly JsonWebKey[] };
  /** The merchant's name at the processor. */
  readonly merchant: string;
  /** The origin of the shop; this page's own where left out. */
  readonly origin?: string | undefined;
}

/** How a card is checked. */
export interface CheckOptions {
  /** The brands that the shop takes, such as `visa`; all known ones where left out or empty. */
  readonly accepted?: readonly string[] | undefined;
  /** What time it is, in milliseconds since 1970; now where left out. */
  readonly now?: number | undefined;
}

/** The verbs of the payment capability, once it is loaded. */
export interface Payment {
  /** Groups the digits of a card number while it is typed; `caret` is where the caret is, in UTF-16 units. */
  format(text: string, caret: number): NumberFormat;
  /** Puts the slash into an expiry date while it is typed. */
  formatExpiry(text: string, caret: number): ExpiryFormat;
  /** What is wrong with a card: an empty list when it can be sealed. */
  check(card: Card, options?: CheckOptions): readonly FieldProblem[];
  /** The last four digits of a whole card number, as a receipt shows them; throws what is wrong with anything else. */
  lastFour(number: string): string;
  /** The brands that are told apart, such as `visa`. */
  brands(): readonly string[];
  /**
   * Seals a card for the processor: the shop's server forwards the envelope, a compact JWE, and cannot open it.
   *
   * Rejects with `payment.key-invalid`, `payment.key-unsupported`, `payment.seal-failed` or what
   * {@link Payment.check} would find.
   */
  seal(card: Card, order: Order, recipient: Recipient): Promise<string>;
}

/** Puts the verbs over the running module. */
export function open(core: Core<PaymentGlue>): Payment {
  return Object.freeze<Payment>({
    format(text, caret) {
      return core.call((rust) => {
        const view = rust.format(text, caret);
        const { text: grouped, caret: moved, brand = null, complete, valid, digits, codeLength } = view;
        view.free();
        return Object.freeze({ text: grouped, caret: moved, brand, complete, valid, digits, codeLength });
      });
    },
    formatExpiry(text, caret) {
      return core.call((rust) => {
        const view = rust.formatExpiry(text, caret);
        const { text: formatted, caret: moved, complete } = view;
        view.free();
        return Object.freeze({ text: formatted, caret: moved, complete });
      });
    },
    check({ number, expiry, code, name }, { accepted = [], now = Date.now() } = {}) {
      return core.call((rust) => {
        return Object.freeze(rust.checkCard(number, expiry, code, name, now, [...accepted]).map(readProblem));
      });
    },
    lastFour: (number) => core.call((rust) => rust.lastFour(number)),
    brands: () => core.call((rust) => Object.freeze(rust.brandNames())),
    async seal({ number, expiry, code, name }, order, { keys, merchant, origin = globalThis.location?.origin ?? "" }) {
      const key = JSON.stringify(keys);
      const amount = minorUnits(order.amount);
      return core.call((rust) => {
        const sealer = new rust.Sealer(key, merchant, origin);
        try {
          return sealer.seal(number, expiry, code, name, order.id, amount, order.currency, Date.now());
        } finally {
          sealer.free();
        }
      }, true);
    },
  });
}

/** The core names a problem as `field:code`. */
function readProblem(problem: string): FieldProblem {
  const colon = problem.indexOf(":");
  return Object.freeze({ field: problem.slice(0, colon) as CardField, code: problem.slice(colon + 1) as PrivacyErrorCode });
}

function minorUnits(amount: bigint | number): bigint {
  if (typeof amount === "bigint") return amount;
  if (Number.isSafeInteger(amount)) return BigInt(amount);
  throw new PrivacyError("input.invalid", "expected the amount in minor units, a whole number");
}
