import create from "./glue/payment-hpke.js";
import { loader, type Load } from "./lib/load.js";
import { SealingModule } from "./lib/payment/family.js";
import { digestOf } from "./lib/payment/roots.js";

export * from "./lib/public.js";
export type { SealingModule } from "./lib/payment/family.js";

/**
 * Loads what seals for HPKE (HPKE-7 and HPKE-9). The payment capability does so by itself when a key asks for it; a page that
 * knows it will be needed can load it ahead, or from a place of its own.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 */
export const load: Load<SealingModule> = loader({
  capability: "payment-hpke",
  create,
  home: () => new URL("./wasm/payment-hpke.wasm", import.meta.url),
  open: (core) => new SealingModule(core),
  integrity: () => digestOf("payment-hpke"),
});
