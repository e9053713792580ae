import create from "./glue/payment.js";
import bytes from "./inline/payment.js";
import type { Load } from "./lib/load.js";
import { paymentLoader, type PaymentOptions } from "./lib/payment/load.js";
import type { Payment } from "./verbs/payment.js";

export * from "./lib/public.js";
export type { Address, Card, CardField, CheckOptions, ExpiryFormat, FieldEnvelopes, FieldProblem, NumberFormat, Order, Payment, RecipientName, RootKey, SealOptions, TrustedKeys, TrustOptions } from "./verbs/payment.js";
export type { PaymentOptions } from "./lib/payment/load.js";
export { pin, type Pins } from "./lib/payment/roots.js";

/**
 * Loads the payment capability from bytes within this file: for servers, tests and bundlers that cannot fetch.
 * Shares its instance with `storefront-privacy/payment`.
 */
export const load: Load<Payment, PaymentOptions> = paymentLoader(
  create,
  () => bytes,
  async (family) => (family === "payment-hpke" ? await import("./payment-hpke.inline.js") : await import("./payment-rsa.inline.js")).load(),
);
