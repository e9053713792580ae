import type { RuleResult } from "../../lib/password/policy.js";
import type { Estimate } from "../../password.js";
import { make } from "./dom.js";
import { ownRule } from "./sheets.js";
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

/** What the meter and the field show of a password: the bar, the rules, and advice. */
export class PasswordPanel {
  /** All of it. */
  readonly node: HTMLElement = make("div", { class: "panel" });

  readonly #label = make("span", { part: "label", id: "label", class: "label" });
  readonly #verdict = make("span", { part: "verdict", class: "verdict" });
  readonly #meter = make("div", { part: "meter", class: "track", role: "meter", "aria-labelledby": "label", "aria-valuemin": 0, "aria-valuemax": 100 });
  // English texts stand in for a language that is not there, on a page that is written from right to left too.
  readonly #bar = make("div", { dir: "auto", part: "bar", class: "measured", hidden: true });
  readonly #rules = make("ul", { dir: "auto", part: "rules", class: "rules" });
  readonly #advice = make("ul", { dir: "auto", part: "advice", class: "advice", hidden: true });
  readonly #timesLabel = make("summary");
  readonly #ways = make("ul");
  readonly #times = make("details", { dir: "auto", part: "times", class: "times", hidden: true }, this.#timesLabel, this.#ways);
  readonly #breach = make("p", { dir: "auto", part: "breach", class: "breach", hidden: true });
  readonly #live = make("div", { dir: "auto", class: "spoken", role: "status" });
  readonly #fallback = make("p", { class: "muted" });
  readonly #unavailable = make("slot", { name: "unavailable", hidden: true }, this.#fallback);
  readonly #strength: CSSStyleDeclaration;
  #announcement: ReturnType<typeof setTimeout> | undefined;
  #said = "";
  // What writes them is fetched when they are looked at.
  #drawTimes: () => Promise<void> = async () => undefined;

  /** Draws the panel at the end of a shadow root. */
  constructor(root: ShadowRoot) {
    this.#meter.append(make("div", { part: "fill", class: "fill" }));
    this.#bar.append(make("div", { class: "heading" }, this.#label, this.#verdict), this.#meter);
    this.node.append(this.#bar, this.#rules, this.#advice, this.#times, this.#breach, this.#unavailable, this.#live);
    root.append(this.node);
    this.#strength = ownRule(root, ":host");
    this.#times.addEventListener("toggle", () => void this.#drawTimes());
  }

  /** Says, or no longer says, that the full measurement is not to be had: in the shop's words where there are some. */
  lack(lacking: boolean): void {
    this.#unavailable.hidden = !lacking;
  }

  /** Lists the rules. */
  judge(rules: readonly JudgedRule[], words: PasswordMeterWords, policy: string): void {
    this.#label.textContent = words.label;
    this.#fallback.textContent = words.basic;
    this.#rules.setAttribute("aria-label", fill(words.asked, { policy: words.policies[policy] ?? policy }));
    this.#rules.replaceChildren(
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

  /** Shows how strong the password is; `null` hides the bar. */
  measure(estimate: Estimate | null, texts: readonly string[], words: PasswordMeterWords, language: string): void {
    this.#bar.hidden = estimate === null;
    this.#times.hidden = estimate === null;
    this.#advice.hidden = texts.length === 0;
    this.#advice.replaceChildren(...texts.map((text) => make("li", {}, text)));
    if (estimate === null) return;
    const { score, guessesLog10 } = estimate;
    const amount = fraction(guessesLog10);
    this.#strength.setProperty("--_strength", amount.toFixed(3));
    this.#bar.dataset["score"] = String(score);
    this.#verdict.textContent = words.verdicts[score];
    this.#meter.setAttribute("aria-valuenow", String(Math.round(amount * 100)));
    this.#meter.setAttribute("aria-valuetext", words.verdicts[score]);
    this.#timesLabel.textContent = words.crack.label;
    this.#drawTimes = async () => {
      if (!this.#times.open) return;
      const { crackTexts } = await import("./crack-times.js");
      this.#ways.replaceChildren(...crackTexts(estimate, language, words.crack).map((text) => make("li", {}, text)));
    };
    void this.#drawTimes();
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

/** How much of the bar a number of guesses fills: a fifth for each score, and smoothly in between. */
function fraction(guessesLog10: number): number {
  const bounds = [0, 3, 6, 8, 10, 14];
  const above = bounds.findIndex((bound) => guessesLog10 < bound);
  if (above < 1) return above < 0 ? 1 : 0.02;
  const [from = 0, to = 0] = bounds.slice(above - 1);
  return Math.max(0.02, (above - 1 + (guessesLog10 - from) / (to - from)) / 5);
}
