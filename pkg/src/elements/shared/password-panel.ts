import type { RuleResult } from "../../lib/password/policy.js";
import { make } from "./dom.js";
import type { PasswordMeterWords } from "./words-password-meter.js";
import { fill } from "./words.js";

/** A rule, and whether the password meets it: `null` where that is not known, or nothing is typed. */
export interface JudgedRule {
  /** The rule. */
  readonly rule: RuleResult;
  /** What it asks for. */
  readonly text: string;
  /** Whether it is met. */
  readonly met: boolean | null;
}

// A screen reader should hear the verdict when the typing pauses, not at every key.
const announcementPause = 900;
const announcementLife = 6_000;

/** What the meter and the field show from the first on: the rules, and what is said beside. A {@link PasswordBar} is added to it. */
export class PasswordPanel {
  /** All of it. */
  readonly node: HTMLElement = make("div", { class: "panel" });

  // English texts stand in for a language that is not there, on a page that is written from right to left too.
  /** The rules. */
  readonly rules: HTMLElement = make("ul", { dir: "auto", part: "rules", class: "rules" });
  /** Where all of it is. */
  readonly root: ShadowRoot;

  readonly #breach = make("p", { dir: "auto", part: "breach", class: "breach", hidden: true });
  readonly #live = make("div", { dir: "auto", class: "spoken", role: "status" });
  readonly #fallback = make("p", { class: "muted" });
  readonly #unavailable = make("slot", { name: "unavailable", hidden: true }, this.#fallback);
  #announcement: ReturnType<typeof setTimeout> | undefined;
  #said = "";

  /** Draws the panel at the end of a shadow root. */
  constructor(root: ShadowRoot) {
    this.root = root;
    this.node.append(this.rules, this.#breach, this.#unavailable, this.#live);
    root.append(this.node);
  }

  /** Says, or no longer says, that the full measurement is not to be had: in the shop's words where there are some. */
  lack(lacking: boolean): void {
    this.#unavailable.hidden = !lacking;
  }

  /** Lists the rules. */
  judge(rules: readonly JudgedRule[], words: PasswordMeterWords, policy: string): void {
    this.#fallback.textContent = words.basic;
    this.rules.setAttribute("aria-label", fill(words.asked, { policy: words.policies[policy] ?? policy }));
    this.rules.replaceChildren(
      ...rules.map(({ rule, text, met }) => {
        const item = make("li", met === null ? {} : { "data-met": String(met) });
        const content = make("span", {}, text);
        if (met !== null) content.prepend(make("span", { class: "spoken" }, `${met ? words.met : words.unmet} `));
        if (rule.againstNist) content.append(make("small", { class: "muted" }, ` ${words.againstNist}`));
        item.append(content);
        return item;
      }),
    );
  }

  /** Says what is known of breaches; an empty text says nothing. */
  warn(text: string, bad: boolean): void {
    this.#breach.textContent = text;
    this.#breach.hidden = text === "";
    this.#breach.classList.toggle("problem", bad);
  }

  /** Speaks when the typing pauses, and once. */
  announce(text: string, pause: number = announcementPause): void {
    clearTimeout(this.#announcement);
    if (text === this.#said) return;
    this.#announcement = setTimeout(() => {
      this.#said = text;
      this.#live.textContent = text;
      // What has been heard is taken away again, so that reading through the page does not find it twice.
      this.#announcement = setTimeout(() => this.#live.replaceChildren(), announcementLife);
    }, pause);
  }

  /** Stops the clock. */
  stop(): void {
    clearTimeout(this.#announcement);
  }
}
