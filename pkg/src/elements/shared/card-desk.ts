import type { PrivacyErrorCode } from "../../lib/error.js";
import type { CardField, FieldProblem, Order } from "../../verbs/payment.js";
import type { PaymentFormWords } from "./words-payment-form.js";

/** How far a field is filled in. */
export type FieldState = "empty" | "invalid" | "valid";

/** All that is told of a card while it is typed. */
export interface CardState {
  /** The brand that takes the payment, such as `visa`; `null` while it is not known. */
  readonly brand: string | null;
  /** The first six digits (ISO/IEC 7812-1), once the number is whole and right; else `null`. */
  readonly bin: string | null;
  /** The last four digits, once the number is whole and right; else `null`. */
  readonly lastFour: string | null;
  /** How many digits the security code of this brand has. */
  readonly codeLength: number;
  /** How far each field is. */
  readonly fields: Readonly<Record<CardField, FieldState>>;
}

/** A sealed card, and no more of the card itself than a receipt shows. */
export interface SealedCard {
  /** What the processor opens. */
  readonly envelope: string;
  /** The brand that takes the payment; `null` when it is not known. */
  readonly brand: string | null;
  /** The first six digits. */
  readonly bin: string;
  /** The last four digits. */
  readonly lastFour: string;
}

/** What the fields look like, beside the shop's own style sheet. */
export interface CardDress {
  /** The texts. */
  readonly words: PaymentFormWords;
  /** The language of the texts, as a BCP 47 tag. */
  readonly language: string;
  /** Which way they read. */
  readonly direction: "ltr" | "rtl";
  /** The brands that the shop takes; all known ones where empty. */
  readonly accepted: readonly string[];
  /** The shop's colours and measures by the name of their custom property. */
  readonly tokens: Readonly<Record<string, string>>;
}

/** What the fields tell the form around them. */
export interface CardListener {
  /** Something was typed. */
  changed(state: CardState): void;
  /** The module has stopped working. */
  broken(code: PrivacyErrorCode): void;
  /** The shopper pressed Enter in a field. */
  submit(): void;
}

/** The fields of a card with the module that seals it, wherever they are. */
export interface CardDesk {
  /** Loads what is needed; resolves when a card can be sealed. Called again after a failure. */
  prepare(): Promise<void>;
  /** Shows the texts and looks. */
  dress(dress: CardDress): void;
  /** Opens or closes the fields. */
  enable(open: boolean): void;
  /** Puts the focus into a field. */
  focus(field: CardField): void;
  /** Says at each field what is wrong with it, and gives the list. */
  check(): Promise<readonly FieldProblem[]>;
  /** Verifies the processor's keys for this merchant against the roots that the page has pinned, and loads what their algorithm needs. */
  trust(manifest: string, merchant: string): Promise<void>;
  /** Seals the card; the security code is forgotten, however that ends. */
  seal(order: Order): Promise<SealedCard>;
  /** Forgets the security code. */
  forget(): void;
  /** Forgets everything. */
  reset(): void;
  /** Lets go of everything. */
  close(): void;
}
