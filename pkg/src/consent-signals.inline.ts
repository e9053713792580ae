import create from "./glue/consent-signals.js";
import bytes from "./inline/consent-signals.js";
import { loader, type Load } from "./lib/load.js";
import { open, type ConsentSignals } from "./verbs/consent-signals.js";

export * from "./lib/public.js";
export type { Answers, ConsentModeKey, ConsentSignals, Explained, ExplainedLine, Signals, SignalsUnderList, Withheld } from "./verbs/consent-signals.js";

/**
 * Loads the same from bytes within this file: for servers, tests and bundlers that cannot fetch. Shares its instance with
 * `storefront-privacy/consent-signals`.
 */
export const load: Load<ConsentSignals> = loader({ capability: "consent-signals", create, home: () => bytes, open });
