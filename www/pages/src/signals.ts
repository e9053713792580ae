// On pages whose policy turns the IAB's frameworks on: partners' scripts are told what the shopper has decided.
import { startCmp } from "storefront-privacy/cmp";

// Both modules are fetched when there is something to tell: a decision that was told before needs neither.
startCmp({
  policy: "/privacy.json",
  signals: async () => (await import("storefront-privacy/consent-signals")).load(),
  strings: async () => (await import("storefront-privacy/consent-iab")).load(),
}).catch(reportError);
