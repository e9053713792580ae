/*
 * The whole consent gate: what `gate-network.js` does, and it holds elements that scripts make, change, write or insert, in the page's
 * own frames as well. It has to be the first script of the page. What no script of a page can stop is in docs/consent.md.
 */
import { makeDynamic } from "./lib/gate/dynamic.js";
import { makeHold } from "./lib/gate/hold.js";
import type { Gate } from "./lib/gate.js";
import { makeNetwork } from "./lib/gate/network.js";
import { publish } from "./lib/gate/publish.js";
import { addressRules, makeMissing } from "./lib/gate/rules.js";
import { makeStorage } from "./lib/gate/storage.js";
import { wrapText } from "./lib/gate/wrap.js";

const dynamic = makeDynamic();
const install = (attributes: DOMStringMap, gate: Gate): void => {
  const missing = makeMissing(gate, attributes["mode"]);
  const rest = [makeNetwork(gate, missing), makeStorage(attributes, gate, missing), wrapText];
  makeHold(gate, missing, dynamic, (view) => {
    for (const each of rest) each(view);
  })(window);
};
publish(addressRules, install, dynamic);
