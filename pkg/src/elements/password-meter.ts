import { load, type Estimate, type Password, type PasswordPolicy, type PasswordRule } from "../password.js";
import sheet from "../styles/password-meter.css.js";
import { codeOf, define, StorefrontElement, type ElementState } from "./shared/base.js";
import { make, toggleIdReference, uniqueId } from "./shared/dom.js";
import { PasswordEstimatedEvent } from "./shared/events-password.js";
import { ownRule } from "./shared/sheets.js";
import { english, type PasswordMeterWords } from "./shared/words-password-meter.js";
import { fill, languageAt, listText } from "./shared/words.js";

export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export { PasswordEstimatedEvent, type PasswordEstimatedDetail } from "./shared/events-password.js";
export type { PasswordMeterWords } from "./shared/words-password-meter.js";

const DEFAULT_POLICY: PasswordPolicy = "nist-800-63b-4";
const MINIMUM: Readonly<Record<PasswordPolicy, number>> = { "nist-800-63b-4": 15, "nist-800-63b-4-mfa": 8 };

// The rules a shopper can act on from the start; "too long" is said only once it is so.
const RULES: readonly PasswordRule[] = ["password.too-short", "password.common", "password.context"];
const LATE_RULES: readonly PasswordRule[] = ["password.too-long"];

// A screen reader should hear the verdict when the typing pauses, not at every key.
const ANNOUNCEMENT_PAUSE = 900;
const ANNOUNCEMENT_LIFE = 6_000;

/**
 * Measures the password typed into an input beside it, off the main thread, and says what the shop's policy asks for.
 *
 * It reads the input and never changes what is typed: pasting and password managers work as without it. It loads on the first focus
 * of the input. It does not stop a form from being sent unless `enforce` is set, and never while it is unavailable.
 *
 * @summary A password meter with a policy and advice.
 * @tag sp-password-meter
 *
 * @attr {string} for - The id of the password input.
 * @attr {string} context - The ids of inputs whose values a password should not be built from, separated by spaces.
 * @attr {string} policy - The policy: `nist-800-63b-4` (15 characters) or `nist-800-63b-4-mfa` (8, beside a second factor).
 * @attr {string} src - The address of the wasm module, when it is not beside the script.
 * @attr {string} worker - The address of the worker script, when it is not beside the script.
 * @attr {boolean} enforce - Whether a password that does not meet the policy makes the input invalid.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where it stands.
 *
 * @slot unavailable - Shown when the element cannot work, and where script is off.
 *
 * @event {PasswordEstimatedEvent} sp-password-estimated - A password was measured.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @csspart label - The bar's label.
 * @csspart verdict - The score in words.
 * @csspart meter - The bar.
 * @csspart fill - The filled part of the bar.
 * @csspart rules - What the policy asks for.
 * @csspart advice - Why it is easy to guess, and what would help.
 *
 * @cssproperty --sp-meter-color - The bar's colour, at every score.
 * @cssproperty --sp-text - The colour of text.
 * @cssproperty --sp-muted - The colour of secondary text.
 * @cssproperty --sp-border - The colour of the bar's border.
 * @cssproperty --sp-danger - The colour of what is not met.
 * @cssproperty --sp-warning - The colour of a fair password.
 * @cssproperty --sp-success - The colour of what is met.
 * @cssproperty --sp-font - The font family.
 */
export class PasswordMeterElement extends StorefrontElement<"password"> {
  /** The attributes that the element watches. */
  static readonly observedAttributes: readonly string[] = ["for", "policy", "context"];

  protected override readonly capability = "password";

  #words: PasswordMeterWords = english;
  #password: Password | undefined;
  #scope: Document | ShadowRoot | undefined;
  #running = false;
  #again = false;
  #announcement: ReturnType<typeof setTimeout> | undefined;
  #said = "";

  readonly #label = make("span", { part: "label", id: "label", class: "label" });
  readonly #verdict = make("span", { part: "verdict", class: "verdict" });
  readonly #meter = make("div", {
    part: "meter",
    class: "track",
    role: "meter",
    "aria-labelledby": "label",
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    "aria-valuenow": 0,
  });
  readonly #bar = make("div", { class: "bar", hidden: true });
  readonly #rules = make("ul", { part: "rules", class: "rules" });
  readonly #advice = make("ul", { part: "advice", class: "advice", hidden: true });
  readonly #live = make("div", { class: "spoken", role: "status" });
  readonly #strength: CSSStyleDeclaration;

  constructor() {
    super(sheet);
    this.#strength = ownRule(this.root, ":host");
  }

  /** The texts; set some or all of them for another language. */
  get words(): PasswordMeterWords {
    return this.#words;
  }

  set words(words: Partial<PasswordMeterWords>) {
    this.#words = { ...english, ...words };
    this.#drawRules([]);
    this.#measure();
  }

  /** The id of the password input. */
  get for(): string {
    return this.getAttribute("for") ?? "";
  }

  set for(id: string) {
    this.setAttribute("for", id);
  }

  /** The policy's id. */
  get policy(): PasswordPolicy {
    return this.getAttribute("policy") === "nist-800-63b-4-mfa" ? "nist-800-63b-4-mfa" : DEFAULT_POLICY;
  }

  set policy(policy: PasswordPolicy) {
    this.setAttribute("policy", policy);
  }

  /** The input that is measured; `null` when there is none with that id. */
  get control(): HTMLInputElement | null {
    const found = this.for === "" ? null : (this.#scope?.getElementById(this.for) ?? null);
    return found instanceof HTMLInputElement ? found : null;
  }

  /** Part of the custom element's life: listens where the input is. */
  override connectedCallback(): void {
    super.connectedCallback();
    const scope = this.getRootNode();
    this.#scope = scope instanceof ShadowRoot ? scope : document;
    this.#scope.addEventListener("focusin", this.#focused);
    this.#scope.addEventListener("input", this.#typed);
    const control = this.control;
    if (control !== null) this.#meet(control);
    if (control !== null && (control.value !== "" || this.#scope.activeElement === control)) this.#wake();
  }

  /** Part of the custom element's life: stops listening. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scope?.removeEventListener("focusin", this.#focused);
    this.#scope?.removeEventListener("input", this.#typed);
    clearTimeout(this.#announcement);
  }

  /** Part of the custom element's life: measures again under another policy or beside another input. */
  attributeChangedCallback(): void {
    if (!this.isConnected || this.#scope === undefined) return;
    const control = this.control;
    if (control !== null) this.#meet(control);
    this.#drawRules([]);
    this.#measure();
  }

  protected override render(): void {
    const heading = make("div", { class: "heading" }, this.#label, this.#verdict);
    this.#meter.append(make("div", { part: "fill", class: "fill" }));
    this.#bar.append(heading, this.#meter);
    const content = make("div", { class: "content" }, this.#bar, this.#rules, this.#advice);
    this.root.append(content, this.#live, make("slot", { name: "unavailable" }));
    this.#drawRules([]);
  }

  protected override async prepare(): Promise<void> {
    const source = this.getAttribute("src");
    const worker = this.getAttribute("worker");
    this.#password = await load({
      ...(source === null ? {} : { source }),
      ...(worker === null ? {} : { worker }),
    });
  }

  protected override stateChanged(state: ElementState): void {
    if (state === "ready") {
      this.#measure();
      return;
    }
    this.#advise(null);
    this.#enforce([]);
  }

  readonly #focused = (event: Event): void => {
    if (event.target !== this.control || this.control === null) return;
    this.#meet(this.control);
    this.#wake();
  };

  readonly #typed = (event: Event): void => {
    const control = this.control;
    if (control === null) return;
    if (event.target === control) {
      this.#wake();
      this.#measure();
    } else if (event.target instanceof Element && this.#contextIds().includes(event.target.id) && control.value !== "") {
      this.#measure();
    }
  };

  // What is asked of the password is part of the input's description, so that it is heard on focus.
  #meet(control: HTMLInputElement): void {
    if (this.id === "") this.id = uniqueId("password-meter");
    toggleIdReference(control, "aria-describedby", this.id, true);
  }

  #wake(): void {
    if (this.state === "unavailable") this.retry();
    else this.start();
  }

  #contextIds(): readonly string[] {
    return (this.getAttribute("context") ?? "").split(/\s+/).filter((id) => id !== "");
  }

  #context(): string[] {
    const values = this.#contextIds().map((id) => this.#scope?.getElementById(id));
    return values.flatMap((each) => (each instanceof HTMLInputElement && each.value !== "" ? [each.value] : []));
  }

  // One measurement at a time: what is typed meanwhile is measured next, and what it replaces is never shown.
  #measure(): void {
    const password = this.#password;
    const control = this.control;
    if (password === undefined || control === null || this.state !== "ready") return;
    if (control.value === "") {
      this.#show(null, []);
      return;
    }
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    this.#again = false;
    const typed = control.value;
    const context = this.#context();
    const since = performance.now();
    Promise.all([password.estimate(typed, context), password.check(this.policy, typed, context)]).then(
      ([estimate, result]) => {
        this.#running = false;
        if (this.#again || control.value !== typed) {
          this.#measure();
          return;
        }
        this.#show(estimate, result.failed);
        this.step("estimate", "ok", since);
      },
      (failure: unknown) => {
        this.#running = false;
        // Another meter on the page asked for something newer.
        if (failure instanceof DOMException && failure.name === "AbortError") {
          this.#measure();
          return;
        }
        const code = codeOf(failure, "module.trapped");
        this.step("estimate", "failed", since, code);
        if (code === "input.too-long") this.#show(null, ["password.too-long"]);
        else this.fail(code);
      },
    );
  }

  #show(estimate: Estimate | null, failed: readonly PasswordRule[]): void {
    const empty = this.control === null || this.control.value === "";
    this.#drawRules(failed, !empty);
    this.#advise(estimate);
    this.mark("accepted", !empty && failed.length === 0);
    this.mark("refused", !empty && failed.length > 0);
    this.#enforce(empty ? [] : failed);
    if (estimate === null) {
      this.#announce("");
      return;
    }
    const { score, guessesLog10, suggestions } = estimate;
    const verdict = this.#words.verdicts[score];
    const amount = fraction(guessesLog10);
    this.#strength.setProperty("--_strength", amount.toFixed(3));
    this.#bar.dataset["score"] = String(score);
    this.#verdict.textContent = verdict;
    this.#meter.setAttribute("aria-valuenow", String(Math.round(amount * 100)));
    this.#meter.setAttribute("aria-valuetext", verdict);
    const texts = failed.map((code) => this.#rule(code));
    const missing = texts.length === 0 ? "" : ` ${fill(this.#words.missing, { rules: listText(texts, languageAt(this)) })}`;
    this.#announce(fill(this.#words.announcement, { verdict }) + missing);
    this.dispatchEvent(
      new PasswordEstimatedEvent({ score, guessesLog10, warning: estimate.warning, suggestions: [...suggestions], failed: [...failed] }),
    );
  }

  #enforce(failed: readonly PasswordRule[]): void {
    if (!this.hasAttribute("enforce")) return;
    const first = failed[0];
    this.control?.setCustomValidity(first === undefined ? "" : this.#rule(first));
  }

  #rule(code: PasswordRule): string {
    return fill(this.#words.rules[code] ?? code, { minimum: MINIMUM[this.policy] });
  }

  #drawRules(failed: readonly PasswordRule[], judged = false): void {
    this.#label.textContent = this.#words.label;
    const asked = [...RULES, ...LATE_RULES.filter((code) => failed.includes(code))];
    if (this.#contextIds().length === 0 && !failed.includes("password.context")) asked.splice(asked.indexOf("password.context"), 1);
    const items = asked.map((code) => {
      const item = make("li");
      const text = make("span", {}, this.#rule(code));
      // The policy looks for common passwords only among those that are long enough.
      const open = code === "password.common" && failed.includes("password.too-short");
      if (judged && !open) {
        const met = !failed.includes(code);
        item.dataset["met"] = String(met);
        text.prepend(make("span", { class: "spoken" }, `${met ? this.#words.met : this.#words.unmet} `));
      }
      item.append(text);
      return item;
    });
    this.#rules.replaceChildren(...items);
  }

  #advise(estimate: Estimate | null): void {
    this.#bar.hidden = estimate === null;
    const warning = estimate?.warning ?? null;
    const texts = [
      ...(warning === null ? [] : [this.#words.warnings[warning] ?? ""]),
      ...(estimate?.suggestions ?? []).map((code) => this.#words.suggestions[code] ?? ""),
    ].filter((text) => text !== "");
    this.#advice.replaceChildren(...texts.map((text) => make("li", {}, text)));
    this.#advice.hidden = texts.length === 0;
  }

  #announce(text: string): void {
    clearTimeout(this.#announcement);
    if (text === this.#said) return;
    this.#announcement = setTimeout(() => {
      this.#said = text;
      this.#live.textContent = text;
      // What has been heard is taken away again, so that reading through the page does not find it twice.
      this.#announcement = setTimeout(() => this.#live.replaceChildren(), ANNOUNCEMENT_LIFE);
    }, ANNOUNCEMENT_PAUSE);
  }
}

/** How much of the bar a number of guesses fills: a fifth for each score, and smoothly in between. */
function fraction(guessesLog10: number): number {
  const bounds = [0, 3, 6, 8, 10, 14];
  for (let score = 0; score < 5; score += 1) {
    const from = bounds[score] ?? 0;
    const to = bounds[score + 1] ?? 0;
    if (guessesLog10 < to) return Math.max(0.02, (score + (guessesLog10 - from) / (to - from)) / 5);
  }
  return 1;
}

define("sp-password-meter", PasswordMeterElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-password-meter": PasswordMeterElement;
  }
}
