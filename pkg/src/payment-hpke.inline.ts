import create from "./glue/payment-hpke.js";
import bytes from "./inline/payment-hpke.js";
import { loader, type Load } from "./lib/load.js";
import { SealingModule } from "./lib/payment/family.js";

export * from "./lib/public.js";
export type { SealingModule } from "./lib/payment/family.js";

/**
 * Loads what seals for HPKE (HPKE-7 and HPKE-9) from bytes within this file: for servers, tests and bundlers that cannot fetch.
 * Shares its instance with `storefront-privacy/payment-hpke`.
 */
export const load: Load<SealingModule> = loader({ capability: "payment-hpke", create, home: () => bytes, open: (core) => new SealingModule(core) });
