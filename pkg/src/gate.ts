import { PrivacyError } from "./lib/error.js";
import { gateKey, type Gate, type GateHolder } from "./lib/gate.js";

export type { Decision } from "./lib/decision.js";
export { isPrivacyError, PrivacyError, type PrivacyErrorCode } from "./lib/error.js";
export type { Gate, GateListener } from "./lib/gate.js";

/**
 * The consent gate of this page: what `<script src="…/gate.js" data-policy data-purposes data-release>` made
 * before anything else ran. Throws `gate.missing` where that script is not on the page.
 */
export function gate(): Gate {
  const found = findGate();
  if (found) return found;
  throw new PrivacyError("gate.missing", "expected gate.js on the page, as a classic script before the scripts that it holds");
}

/** The same, or `undefined` where the page has no gate. */
export function findGate(): Gate | undefined {
  return (globalThis as GateHolder)[gateKey];
}
