import create from "./glue/consent.js";
import bytes from "./inline/consent.js";
import { loader, type Load } from "./lib/load.js";
import { open, type Consent } from "./verbs/consent.js";

export * from "./lib/public.js";
export type { Consent, ConsentRecord, LegalBasis, Policy, Purpose, Service, StorageKind, StoredItem } from "./verbs/consent.js";
export type { Decision } from "./lib/decision.js";

/**
 * Loads the consent capability from bytes within this file: for servers, tests and bundlers that cannot fetch.
 * Shares its instance with `storefront-privacy/consent`.
 */
export const load: Load<Consent> = loader({ capability: "consent", create, home: () => bytes, open });
