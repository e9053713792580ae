import create from "./glue/consent-receipts.js";
import { loader, type Load } from "./lib/load.js";
import { open, type ConsentReceipts } from "./verbs/consent-receipts.js";

export * from "./lib/public.js";
export type {
  ConsentReceipts,
  ReceiptCheck,
  ReceiptCircumstances,
  ReceiptReport,
  ReceiptSummary,
  ReceiptSurface,
  ReceiptTrust,
  SignedReceipt,
} from "./verbs/consent-receipts.js";

/**
 * Loads what writes and checks receipts of consent. One instance is shared by all that load it on a page; the first source wins,
 * and another one is refused with `load.conflict`.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 * A later call tries again.
 */
export const load: Load<ConsentReceipts> = loader({
  capability: "consent-receipts",
  create,
  home: () => new URL("./wasm/consent-receipts.wasm", import.meta.url),
  open,
});
