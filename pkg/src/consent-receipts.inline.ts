import create from "./glue/consent-receipts.js";
import bytes from "./inline/consent-receipts.js";
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
 * Loads the same from bytes within this file: for servers, tests and bundlers that cannot fetch. Shares its instance with
 * `storefront-privacy/consent-receipts`.
 */
export const load: Load<ConsentReceipts> = loader({ capability: "consent-receipts", create, home: () => bytes, open });
