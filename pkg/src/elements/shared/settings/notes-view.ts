import type { Gate } from "../../../gate.js";
import { make } from "../dom.js";
import type { PrivacySettingsWords } from "../words-consent.js";

/** What bears on a decision beside the visitor's own: the browser's signal, what it contradicts, and what has changed in the policy. */
export function drawNotes(gate: Gate, changes: readonly string[], policyLanguage: string, words: PrivacySettingsWords): HTMLElement[] {
  const notes: HTMLElement[] = [];
  if (gate.signal) notes.push(make("p", { part: "signal", class: "signal" }, words.signal));
  if (gate.conflict) notes.push(make("p", { part: "conflict", class: "conflict" }, words.conflict));
  if (changes.length > 0 && gate.previous !== null && gate.previous.policy !== gate.policy) {
    const facts = make("ul", { lang: policyLanguage, dir: "auto" }, ...changes.map((fact) => make("li", {}, fact)));
    notes.push(make("div", { part: "changes", class: "changes" }, make("p", {}, words.changed), facts));
  }
  return notes;
}
