import create from "./glue/consent-minimise.js";
import { loader, type Load } from "./lib/load.js";
import { open, type ConsentMinimise } from "./verbs/consent-minimise.js";

export * from "./lib/public.js";
export type { ConsentMinimise } from "./verbs/consent-minimise.js";

/**
 * Loads pseudonyms and redaction. One instance is shared by all that load it on a page; the first source wins, and another one is
 * refused with `load.conflict`.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 * A later call tries again.
 */
export const load: Load<ConsentMinimise> = loader({
  capability: "consent-minimise",
  create,
  home: () => new URL("./wasm/consent-minimise.wasm", import.meta.url),
  open,
});
