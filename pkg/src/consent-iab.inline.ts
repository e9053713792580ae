import create from "./glue/consent-iab.js";
import bytes from "./inline/consent-iab.js";
import { loader, type Load } from "./lib/load.js";
import { open, type ConsentIab } from "./verbs/consent-iab.js";

export * from "./lib/public.js";
export type { GppFields, GppRestriction, GppSections, GppValue } from "./verbs/gpp.js";
export type { ConsentIab, PublisherRestriction, PublisherTc, TcData, TcInput, VendorList } from "./verbs/consent-iab.js";

/**
 * Loads the IAB's signals from bytes within this file: for servers, tests and bundlers that cannot fetch. Shares its
 * instance with `storefront-privacy/consent-iab`.
 */
export const load: Load<ConsentIab> = loader({ capability: "consent-iab", create, home: () => bytes, open });
