import create from "./glue/consent-iab.js";
import { loader, type Load } from "./lib/load.js";
import { open, type ConsentIab } from "./verbs/consent-iab.js";

export * from "./lib/public.js";
export type { GppFields, GppRestriction, GppSections, GppValue } from "./verbs/gpp.js";
export type { ConsentIab, PublisherRestriction, PublisherTc, TcData, TcInput, VendorList } from "./verbs/consent-iab.js";

/**
 * Loads the IAB's signals: TCF. One instance is shared by all that load it on a page; the first source wins, and
 * another one is refused with `load.conflict`.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 * A later call tries again.
 */
export const load: Load<ConsentIab> = loader({
  capability: "consent-iab",
  create,
  home: () => new URL("./wasm/consent-iab.wasm", import.meta.url),
  open,
});
