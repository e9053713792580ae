import create from "./glue/consent-minimise.js";
import bytes from "./inline/consent-minimise.js";
import { loader, type Load } from "./lib/load.js";
import { open, type ConsentMinimise } from "./verbs/consent-minimise.js";

export * from "./lib/public.js";
export type { ConsentMinimise } from "./verbs/consent-minimise.js";

/**
 * Loads the same from bytes within this file: for servers, tests and bundlers that cannot fetch. Shares its instance with
 * `storefront-privacy/consent-minimise`.
 */
export const load: Load<ConsentMinimise> = loader({ capability: "consent-minimise", create, home: () => bytes, open });
