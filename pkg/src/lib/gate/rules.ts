import type { Gate, Observation } from "../gate.js";
import { absolute, words } from "./words.js";

/** What wrappers ask of the gate: the purposes that are missing for something, having noted it; none when it passes. */
export type Missing = (channel: string, target: string, purposes: readonly string[]) => readonly string[];

export function makeMissing(gate: Gate, mode: string | undefined): Missing {
  const observed = gate.observed as Observation[];
  return (channel, target, wanted) => {
    const lacking = wanted.filter((purpose) => !gate.allows(purpose));
    if (lacking.length === 0) return lacking;
    if (observed.push({ channel, target, purposes: lacking }) > 100) observed.shift();
    return mode === "observe" ? [] : lacking;
  };
}

/** Who waits for what: `purposes=target`, as the core compiles it. */
function pairs(text: string | undefined): [purposes: string[], target: string][] {
  return words(text).map((word) => {
    const at = word.indexOf("=");
    return [word.slice(0, at).split(","), word.slice(at + 1)];
  });
}

/** Whether an origin is the one that a pattern names, or one below it. */
const fits = (pattern: string, origin: string): boolean =>
  pattern.startsWith("https://*") ? origin.startsWith("https://") && origin.endsWith(pattern.slice(9)) : pattern === origin;

/** What a page's rules say of addresses. */
export function addressRules({ rules, essential, unknown }: DOMStringMap, purposes: readonly string[]): (text: string) => readonly string[] {
  const held = pairs(rules);
  const free = words(essential);
  return (text) => {
    const url = absolute(text);
    if (!/^(?:http|ws)s?:/.test(url)) return [];
    // A socket's origin is its page's, as a policy file writes it.
    const origin = new URL(url).origin.replace(/^ws/, "http");
    if (origin === location.origin) return [];
    // What is named twice is never held: `policy check` refuses that, and a shop that cannot be paid is worse.
    if (free.some((pattern) => fits(pattern, origin))) return [];
    const found = held.filter(([, pattern]) => fits(pattern, origin)).flatMap(([wanted]) => wanted);
    return found.length > 0 || unknown === "pass" ? found : purposes;
  };
}

/** What a page's rules say of names: of cookies (`c`), keys (`l`, `s`), databases (`i`) and caches (`k`). */
export function nameRules({ stores }: DOMStringMap): (kind: string, name: string) => readonly string[] {
  const held = pairs(stores).map(([wanted, target]) => [wanted, target[0], decodeURIComponent(target.slice(2))] as const);
  return (kind, name) =>
    held.filter(([, of, pattern]) => of === kind && (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name)).flatMap(([wanted]) => wanted);
}
