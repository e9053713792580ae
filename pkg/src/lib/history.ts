import type { Decision } from "./decision.js";

const storageKey = "sp-consent-history";

/** How long what was decided is remembered, in seconds: three years. */
export const memory: number = 3 * 365 * 86_400;

/** The longest history: what was decided before that is forgotten. */
const longest = 50;

/** What was decided in this browser, the oldest first. It holds what a decision holds: policy, time and grants. */
export function history(): readonly Decision[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isDecision).filter(({ at }) => at > Date.now() / 1_000 - memory).slice(-longest) : [];
  } catch {
    return [];
  }
}

/** Adds decisions that are not there yet, in the order of their time. */
export function remember(...decisions: readonly (Decision | null | undefined)[]): readonly Decision[] {
  const known = history();
  const names = new Set(known.map(nameOf));
  const fresh = decisions.filter((decision): decision is Decision => isDecision(decision) && !names.has(nameOf(decision)));
  if (fresh.length === 0) return known;
  const all = [...known, ...fresh].sort((one, other) => one.at - other.at).slice(-longest);
  try {
    localStorage.setItem(storageKey, JSON.stringify(all));
  } catch {
    // Without storage there is the present decision alone.
  }
  return all;
}

/** Forgets all of it. */
export function forgetHistory(): void {
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // Nothing could be stored either.
  }
}

function nameOf({ policy, at, granted }: Decision): string {
  return JSON.stringify([policy, at, granted]);
}

function isDecision(value: unknown): value is Decision {
  const { v, policy, at, granted } = (value ?? {}) as Partial<Decision>;
  return v === 1 && typeof policy === "string" && Number.isSafeInteger(at) && Array.isArray(granted) && granted.every((id) => typeof id === "string");
}
