import { define } from "./shared/base.js";
import { toggleIdReference, uniqueId } from "./shared/dom.js";
import { PasswordElement } from "./shared/password-element.js";
import type { JudgedRule } from "./shared/password-panel.js";
import type { PasswordMeterWords } from "./shared/words-password-meter.js";

export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export { PasswordBreachEvent, PasswordEstimatedEvent, type PasswordBreachDetail, type PasswordEstimatedDetail } from "./shared/events-password.js";
export type { PasswordMeterWords } from "./shared/words-password-meter.js";

/**
 * Says what the shop's policy asks of the password in an input beside it, and how hard it is to guess.
 *
 * The rules and the list of the most used passwords answer at once; the full measurement is loaded on the first focus of the input and
 * runs off the main thread, not under Save-Data or on a slow connection. Where it cannot be had, the rules and the list stay. It never
 * changes what is typed: pasting and password managers work as without it. It does not stop a form from being sent unless `enforce` is
 * set.
 *
 * @summary A password meter with a policy and advice, for any input.
 * @tag sp-password-meter
 *
 * @attr {string} for - The id of the password input.
 * @attr {string} context - The ids of inputs, or of other elements, whose text a password should not be built from, separated by spaces.
 * @attr {string} policy - The policy's id: `nist-800-63b-4` (15 characters) or another one of `storefront-privacy/password`.
 * @attr {string} src - The address of the wasm module, when it is not beside the script.
 * @attr {string} worker - The address of the worker script, when it is not beside the script.
 * @attr {string} list - The address of the list of the most used passwords, when it is not beside the script.
 * @attr {string} pwned - Asks whether known data breaches have the password, when the shopper leaves the input: the Pwned Passwords range API, or another address of that protocol.
 * @attr {boolean} insist - Whether to load the full measurement under Save-Data and on a slow connection too.
 * @attr {boolean} enforce - Whether a password that does not meet the policy makes the input invalid.
 * @attr {boolean} unreviewed - Whether to use texts that no native speaker has reviewed yet.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where the full measurement stands.
 *
 * @slot unavailable - Shown when the full measurement cannot be had, and where script is off.
 *
 * @event {PasswordEstimatedEvent} sp-password-estimated - A password was measured.
 * @event {PasswordBreachEvent} sp-password-breach - The online service was asked about a password.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @cssstate accepted - The password meets the policy.
 * @cssstate refused - It does not.
 *
 * @csspart bar - The label, the verdict and the meter.
 * @csspart label - The bar's label.
 * @csspart verdict - The score in words.
 * @csspart meter - The bar itself.
 * @csspart fill - The filled part of it.
 * @csspart rules - What the policy asks for.
 * @csspart advice - Why it is easy to guess, and what would help.
 * @csspart times - How long guessing takes.
 * @csspart breach - What is known of data breaches.
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
export class PasswordMeterElement extends PasswordElement {
  /** The attributes that the element watches. */
  static readonly observedAttributes: readonly string[] = ["for", "policy", "context", "unreviewed", "lang"];

  #own: Partial<PasswordMeterWords> = {};

  /** The texts; set some or all of them for another language. `null` until they are loaded. */
  get words(): PasswordMeterWords | null {
    return this.meterWords();
  }

  set words(words: Partial<PasswordMeterWords> | null) {
    this.#own = words ?? {};
    this.worded();
  }

  /** The id of the password input. */
  get for(): string {
    return this.getAttribute("for") ?? "";
  }

  set for(id: string) {
    this.setAttribute("for", id);
  }

  /** The input that is measured; `null` when there is none with that id. */
  override get control(): HTMLInputElement | null {
    const found = this.scope?.getElementById(this.for);
    return found instanceof HTMLInputElement ? found : null;
  }

  protected override meterWords(): PasswordMeterWords | null {
    return this.dressed && { ...this.dressed.meter, ...this.#own };
  }

  // What is asked of the password is part of the input's description, so that it is heard on focus.
  protected override meet(control: HTMLInputElement): void {
    if (this.id === "") this.id = uniqueId("password-meter");
    toggleIdReference(control, "aria-describedby", this.id, true);
  }

  protected override tell(_rules: readonly JudgedRule[], [first = ""]: readonly string[]): void {
    if (this.hasAttribute("enforce")) this.control?.setCustomValidity(first);
  }
}

define("sp-password-meter", PasswordMeterElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-password-meter": PasswordMeterElement;
  }
}
