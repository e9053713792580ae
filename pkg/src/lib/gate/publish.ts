import { gateKey, type Gate, type GateHolder } from "../gate.js";
import type { Dynamic } from "./dynamic.js";
import { makeGate } from "./make.js";
import { words } from "./words.js";

/** Makes the gate of this page, from the script that is running, and publishes it; nothing when there is one already. */
export function publish(
  rules?: (attributes: DOMStringMap, purposes: readonly string[]) => Gate["waits"],
  install?: (attributes: DOMStringMap, gate: Gate) => void,
  dynamic?: Dynamic,
): void {
  const holder = globalThis as GateHolder;
  const own = document.currentScript ?? document.querySelector("script[data-purposes]");
  if (holder[gateKey] || !(own instanceof HTMLScriptElement)) return;
  const attributes = own.dataset;
  const purposes = Object.freeze(words(attributes["purposes"]));
  const gate = makeGate(attributes, purposes, rules?.(attributes, purposes), dynamic);
  Object.defineProperty(holder, gateKey, { value: gate });
  install?.(attributes, gate);
}
