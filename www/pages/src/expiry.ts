import { findGate } from "storefront-privacy/gate";

/** How long a choice counts, in seconds: the year that privacy.json names. */
const lifetime = 365 * 86_400;

/** Removes a choice that is older than a year, so that the next page asks again. */
export function forgetOldChoice(): void {
  const at = findGate()?.decision?.at;
  if (at === undefined || Date.now() / 1_000 - at < lifetime) return;
  try {
    localStorage.removeItem("sp-consent");
  } catch {
    // A browser that refuses storage has kept no choice.
  }
}
