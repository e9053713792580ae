import create from "./glue/payment.js";
import type { Load } from "./lib/load.js";
import { paymentLoader, type PaymentOptions } from "./lib/payment/load.js";
import type { Payment } from "./verbs/payment.js";

export * from "./lib/public.js";
export type { Address, Card, CardField, CheckOptions, ExpiryFormat, FieldEnvelopes, FieldProblem, NumberFormat, Order, Payment, RecipientName, RootKey, SealOptions, TrustedKeys, TrustOptions } from "./verbs/payment.js";
export type { PaymentOptions } from "./lib/payment/load.js";
export { pin, type Pins } from "./lib/payment/roots.js";

/**
 * Loads the payment capability. One instance is shared by all that load it on a page; the first source wins, and
 * another one is refused with `load.conflict`. The first `roots` are kept, and others refused with `payment.roots-refused`.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 * A later call tries again.
 */
export const load: Load<Payment, PaymentOptions> = paymentLoader(
  create,
  () => new URL("./wasm/payment.wasm", import.meta.url),
  async (family) => (family === "payment-hpke" ? await import("./payment-hpke.js") : await import("./payment-rsa.js")).load(),
);
