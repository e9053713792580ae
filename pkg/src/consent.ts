import create from "./glue/consent.js";
import { loader, type Load } from "./lib/load.js";
import { open, type Consent } from "./verbs/consent.js";

export * from "./lib/public.js";
export type { Consent, ConsentRecord, LegalBasis, Policy, Purpose, Service, StorageKind, StoredItem } from "./verbs/consent.js";
export type { Decision } from "./lib/decision.js";

/**
 * Loads the consent capability. One instance is shared by all that load it on a page; the first source wins, and
 * another one is refused with `load.conflict`.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 * A later call tries again.
 */
export const load: Load<Consent> = loader({
  capability: "consent",
  create,
  home: () => new URL("./wasm/consent.wasm", import.meta.url),
  open,
});
