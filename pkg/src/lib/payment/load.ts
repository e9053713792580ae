import type { PaymentGlue } from "../../glue/payment.js";
import { open, type Payment } from "../../verbs/payment.js";
import { loader, type Home, type Load } from "../load.js";
import { readOptions, type LoadOptions } from "../source.js";
import type { LoadFamily } from "./family.js";
import { digestOf, pin, pinTo, pinnedRoots, type Pins } from "./roots.js";

/** What `load()` of the payment capability takes: {@link Pins} may be pinned at once. */
export interface PaymentOptions extends LoadOptions, Partial<Pins> {}

/** Makes the `load()` of the payment capability. */
export function paymentLoader(create: () => PaymentGlue, home: () => Home, family: LoadFamily): Load<Payment, PaymentOptions> {
  const load = loader<PaymentGlue, Payment>({ capability: "payment", create, home, open: (core) => open(core, family), integrity: () => digestOf("payment") });
  return async (argument) => {
    const { roots, integrity, ...options } = readOptions(argument) as PaymentOptions;
    if (roots !== undefined) pin({ roots, integrity });
    const payment = await load(options);
    const text = pinnedRoots();
    if (text !== undefined) pinTo(payment, text);
    return payment;
  };
}
