import type { PrivacyErrorCode } from "../../lib/error.js";
import type { CardDress, CardState, SealedCard } from "./card-desk.js";
import type { Family } from "../../lib/payment/family.js";
import type { CardField, FieldProblem, Order } from "../../verbs/payment.js";

/** The one message that the page sends to the frame's window; all others go through the port that comes with it. */
export interface Opening {
  /** What is opened, in which version of the package: the frame takes no other one. */
  readonly opens: string;
  /** How it looks. */
  readonly dress: CardDress;
}

/** What {@link Opening.opens} says. */
export const OPENS: string = "storefront-privacy/payment@" + VERSION;

/** What the page asks of the frame, and what the frame answers. */
export interface Requests {
  /** Compiles and starts the module of these bytes; without bytes, once more that of the last ones. */
  start: [bytes: ArrayBuffer | null, answer: null];
  /** Says what is wrong at each field. */
  check: [nothing: null, answer: readonly FieldProblem[]];
  /** Verifies the processor's keys, and says their number and what seals for them. */
  trust: [what: { readonly roots: string; readonly manifest: string; readonly merchant: string; readonly newest: number }, answer: { readonly sequence: number; readonly module: "payment" | Family }];
  /** Compiles and starts the module of a family of algorithms. */
  family: [what: { readonly name: Family; readonly bytes: ArrayBuffer }, answer: null];
  /** Seals the card. */
  seal: [order: Order, answer: SealedCard];
}

/** A request, by its number. */
export type Request = { [V in keyof Requests]: { readonly ask: V; readonly id: number; readonly what: Requests[V][0] } }[keyof Requests];

/** What the page tells the frame. */
export type Telling =
  | { readonly tell: "dress"; readonly what: CardDress }
  | { readonly tell: "enable"; readonly what: boolean }
  | { readonly tell: "focus"; readonly what: CardField }
  | { readonly tell: "forget" | "reset"; readonly what: null };

/** An answer: a value, or a failure by its code. */
export type Answer =
  | { readonly id: number; readonly value: Requests[keyof Requests][1] }
  | { readonly id: number; readonly code: PrivacyErrorCode; readonly message: string };

/** What the frame tells the page: nothing of a card but what {@link CardState} holds. */
export type Report =
  | { readonly report: "here" | "submit"; readonly what: null }
  | { readonly report: "height"; readonly what: number }
  | { readonly report: "changed"; readonly what: CardState }
  | { readonly report: "broken"; readonly what: PrivacyErrorCode };

declare const VERSION: string;
