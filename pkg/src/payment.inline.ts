import create from "./glue/payment.js";
import bytes from "./inline/payment.js";
import { loader, type Load } from "./lib/load.js";
import { open, type Payment } from "./verbs/payment.js";

export * from "./lib/public.js";
export type { Card, CardField, CheckOptions, ExpiryFormat, FieldProblem, NumberFormat, Order, Payment, Recipient } from "./verbs/payment.js";

/**
 * Loads the payment capability from bytes within this file: for servers, tests and bundlers that cannot fetch.
 * Shares its instance with `storefront-privacy/payment`.
 */
export const load: Load<Payment> = loader({ capability: "payment", create, home: () => bytes, open });
