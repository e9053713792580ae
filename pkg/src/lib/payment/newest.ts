/** The highest sequence number of each merchant's keys that this page has seen. */
const seen = new Map<string, number>();

const prefix = "storefront-privacy.keys.";

/** The highest number that was seen, by this page or an earlier one; 0 when none was, or nothing can be stored. */
export function newestOf(merchant: string): number {
  let stored = 0;
  try {
    stored = Number(globalThis.localStorage?.getItem(prefix + merchant));
  } catch {
    // A page without storage remembers for as long as it is open.
  }
  return Math.max(seen.get(merchant) ?? 0, Number.isSafeInteger(stored) ? stored : 0);
}

/** Remembers a number. It tells nothing of the visitor: every visitor of the shop has the same one. */
export function remember(merchant: string, sequence: number): void {
  if (newestOf(merchant) >= sequence) return;
  seen.set(merchant, sequence);
  try {
    globalThis.localStorage?.setItem(prefix + merchant, String(sequence));
  } catch {
    // As above.
  }
}
