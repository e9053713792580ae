import { PrivacyError } from "./error.js";

/** The longest list that is read, in characters: the core's limit, five times the list of 2026. */
const longestList = 4 << 20;

/** Fetches the vendor list that a shop serves, as parsed JSON; the browser may keep it as long as the shop's server says. */
async function fetchVendorList(url: string): Promise<unknown> {
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

/** Where the browser keeps the last list that was good, beside what it keeps by itself. */
const cacheName = "sp-vendor-list";

/**
 * Fetches the vendor list and reads it with `accept`, which throws where the list is not good. Then the last good list of
 * this address stays in force, if there is one; if there is none, the failure is the caller's. Who reads less of a list than
 * the core does leaves a kept one as it is: `replace` is false.
 */
export async function bringVendorList<T>(url: string, replace: boolean, accept: (list: unknown) => T | Promise<T>): Promise<T> {
  try {
    const list = await fetchVendorList(url);
    const accepted = await accept(list);
    await keep(url, replace, list);
    return accepted;
  } catch (failure) {
    const kept = await lastGood(url);
    if (kept === undefined) throw failure;
    try {
      return await accept(kept);
    } catch {
      throw failure;
    }
  }
}

async function keep(url: string, replace: boolean, list: unknown): Promise<void> {
  try {
    const cache = await caches.open(cacheName);
    if (replace || (await cache.match(url)) === undefined) await cache.put(url, Response.json(list));
  } catch {
    // A browser that refuses keeps none: the next page fetches anew.
  }
}

async function lastGood(url: string): Promise<unknown> {
  try {
    const kept = await (await caches.open(cacheName)).match(url);
    return kept && (await kept.json()) as unknown;
  } catch {
    return undefined;
  }
}
