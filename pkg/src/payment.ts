import create from "./glue/payment.js";
import { loader, type Load } from "./lib/load.js";
import { open, type Payment } from "./verbs/payment.js";

export * from "./lib/public.js";
export type { Card, CardField, CheckOptions, ExpiryFormat, FieldProblem, NumberFormat, Order, Payment, Recipient } from "./verbs/payment.js";

/**
 * Loads the payment capability. One instance is shared by all that load it on a page; the first source wins, and
 * another one is refused with `load.conflict`.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 * A later call tries again.
 */
export const load: Load<Payment> = loader({
  capability: "payment",
  create,
  home: () => new URL("./wasm/payment.wasm", import.meta.url),
  open,
});
