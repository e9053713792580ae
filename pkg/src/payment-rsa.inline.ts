import create from "./glue/payment-rsa.js";
import bytes from "./inline/payment-rsa.js";
import { loader, type Load } from "./lib/load.js";
import { SealingModule } from "./lib/payment/family.js";

export * from "./lib/public.js";
export type { SealingModule } from "./lib/payment/family.js";

/**
 * Loads what seals for RSA-OAEP-256 from bytes within this file: for servers, tests and bundlers that cannot fetch.
 * Shares its instance with `storefront-privacy/payment-rsa`.
 */
export const load: Load<SealingModule> = loader({ capability: "payment-rsa", create, home: () => bytes, open: (core) => new SealingModule(core) });
