import create from "./glue/consent-signals.js";
import { loader, type Load } from "./lib/load.js";
import { open, type ConsentSignals } from "./verbs/consent-signals.js";

export * from "./lib/public.js";
export type { Answers, ConsentModeKey, ConsentSignals, Explained, ExplainedLine, Signals, SignalsUnderList, Withheld } from "./verbs/consent-signals.js";

/**
 * Loads what makes all signals from one decision and says in words what a signal means. One instance is shared by all that load
 * it on a page; the first source wins, and another one is refused with `load.conflict`.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 * A later call tries again.
 */
export const load: Load<ConsentSignals> = loader({
  capability: "consent-signals",
  create,
  home: () => new URL("./wasm/consent-signals.wasm", import.meta.url),
  open,
});
