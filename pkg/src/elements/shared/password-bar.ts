import type { Estimate } from "../../password.js";
import { make } from "./dom.js";
import type { PasswordPanel } from "./password-panel.js";
import { ownRule } from "./sheets.js";
import type { PasswordMeterWords } from "./words-password-meter.js";

/** What is shown of an estimate: the bar, advice, and how long guessing takes. */
export class PasswordBar {
  readonly #label = make("span", { part: "label", id: "label", class: "label" });
  readonly #verdict = make("span", { part: "verdict", class: "verdict" });
  readonly #meter = make("div", { part: "meter", class: "track", role: "meter", "aria-labelledby": "label", "aria-valuemin": 0, "aria-valuemax": 100 });
  // English texts stand in for a language that is not there, on a page that is written from right to left too.
  readonly #bar = make("div", { dir: "auto", part: "bar", class: "measured", hidden: true });
  readonly #advice = make("ul", { dir: "auto", part: "advice", class: "advice", hidden: true });
  readonly #timesLabel = make("summary");
  readonly #ways = make("ul");
  readonly #times = make("details", { dir: "auto", part: "times", class: "times", hidden: true }, this.#timesLabel, this.#ways);
  readonly #strength: CSSStyleDeclaration;
  // What writes them is fetched when they are looked at.
  #drawTimes: () => Promise<void> = async () => undefined;

  /** Draws the bar at the beginning of a panel, the rest behind its rules. */
  constructor({ node, rules, root }: PasswordPanel) {
    this.#meter.append(make("div", { part: "fill", class: "fill" }));
    this.#bar.append(make("div", { class: "heading" }, this.#label, this.#verdict), this.#meter);
    node.prepend(this.#bar);
    rules.after(this.#advice, this.#times);
    this.#strength = ownRule(root, ":host");
    this.#times.addEventListener("toggle", () => void this.#drawTimes());
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
    this.#label.textContent = words.label;
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
}

/** How much of the bar a number of guesses fills: a fifth for each score, and smoothly in between. */
function fraction(guessesLog10: number): number {
  const bounds = [0, 3, 6, 8, 10, 14];
  const above = bounds.findIndex((bound) => guessesLog10 < bound);
  if (above < 1) return above < 0 ? 1 : 0.02;
  const [from = 0, to = 0] = bounds.slice(above - 1);
  return Math.max(0.02, (above - 1 + (guessesLog10 - from) / (to - from)) / 5);
}
