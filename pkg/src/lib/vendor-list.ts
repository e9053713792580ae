import { PrivacyError } from "./error.js";

/** The longest list that is read, in characters: the core's limit, five times the list of 2026. */
const longestList = 4 << 20;

/** Fetches the vendor list that a shop serves, as parsed JSON; the browser may keep it as long as the shop's server says. */
export async function fetchVendorList(url: string): Promise<unknown> {
  let text: string;
  try {
    const response = await fetch(url, { headers: { accept: "application/json" }, credentials: "same-origin" });
    if (!response.ok) throw new PrivacyError("network.failed", `expected a vendor list at ${url}, found status ${response.status}`);
    text = await response.text();
  } catch (cause) {
    throw cause instanceof PrivacyError ? cause : new PrivacyError("network.failed", "the vendor list could not be fetched", { cause });
  }
  if (text.length > longestList) throw new PrivacyError("vendor-list.too-long", `expected at most ${longestList} characters, found ${text.length}`);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new PrivacyError("vendor-list.invalid", "expected the vendor list as JSON", { cause });
  }
}
