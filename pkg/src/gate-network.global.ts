/*
 * The consent gate that also refuses what scripts send and store: the same script tag and the same interface as `gate.js`, with the
 * origins and names in `data-rules`, `data-stores` and `data-essential`. It has to be the first script of the page.
 */
import { makeNetwork } from "./lib/gate/network.js";
import { publish } from "./lib/gate/publish.js";
import { addressRules, makeMissing } from "./lib/gate/rules.js";
import { makeStorage } from "./lib/gate/storage.js";
import { wrapText } from "./lib/gate/wrap.js";

publish(addressRules, (attributes, gate) => {
  const missing = makeMissing(gate, attributes["mode"]);
  makeNetwork(gate, missing)(window);
  makeStorage(attributes, gate, missing)(window);
  wrapText(window);
});
