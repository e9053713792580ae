import { attributesFor } from "../lib/password/policy.js";
import { define } from "./shared/base.js";
import { make, setOptional, toggleIdReference, uniqueId } from "./shared/dom.js";
import { PasswordElement, type PasswordWords } from "./shared/password-element.js";
import type { JudgedRule } from "./shared/password-panel.js";
import type { PasswordFieldWords } from "./shared/words-password-field.js";
import type { PasswordMeterWords } from "./shared/words-password-meter.js";
import { fill, listText } from "./shared/words.js";

export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export { PasswordBreachEvent, PasswordEstimatedEvent, type PasswordBreachDetail, type PasswordEstimatedDetail } from "./shared/events-password.js";
export type { PasswordSuggestedDetail, PasswordSuggestedEvent } from "./shared/events-suggestion.js";
export type { PasswordWords } from "./shared/password-element.js";
export type { PasswordFieldWords } from "./shared/words-password-field.js";
export type { PasswordMeterWords } from "./shared/words-password-meter.js";

/** Some of the texts, in place of the element's own. */
export interface OwnPasswordWords {
  /** Those of the meter. */
  readonly meter?: Partial<PasswordMeterWords>;
  /** Those of the field around it. */
  readonly field?: Partial<PasswordFieldWords>;
}

/**
 * A field for a new password: it enhances the `<input type="password">` within it, which stays a plain input of the shop's own form.
 *
 * It adds a button that shows what is typed, and a meter with the shop's policy. The input's
 * `autocomplete`, `minlength`, `maxlength` and `passwordrules` are set from the policy where the page has not set them. Pasting, autofill
 * and password managers work as without it. Without script it is the plain input.
 *
 * @summary A new password's field, with a meter and a policy.
 * @tag sp-password-field
 *
 * @attr {string} for - The id of the input, where it is not within the element.
 * @attr {string} context - The ids of inputs, or of other elements, whose text a password should not be built from, separated by spaces.
 * @attr {string} policy - The policy's id: `nist-800-63b-4` (15 characters) or another one of `storefront-privacy/password`.
 * @attr {string} src - The address of the wasm module, when it is not beside the script.
 * @attr {string} worker - The address of the worker script, when it is not beside the script.
 * @attr {string} list - The address of the list of the most used passwords, when it is not beside the script.
 * @attr {string} pwned - Asks whether known data breaches have the password, when the shopper leaves the input: the Pwned Passwords range API, or another address of that protocol.
 * @attr {boolean} insist - Whether to load the full measurement under Save-Data and on a slow connection too.
 * @attr {boolean} enforce - Whether a password that does not meet the policy makes the field invalid in its form.
 * @attr {boolean} unreviewed - Whether to use texts that no native speaker has reviewed yet.
 * @attr {boolean} suggest - Whether to offer a button that suggests a password: six words, or characters that meet the policy.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where the full measurement stands.
 *
 * @slot - The label, the input, and what else belongs to them.
 * @slot unavailable - Shown when the full measurement cannot be had.
 *
 * @event {PasswordEstimatedEvent} sp-password-estimated - A password was measured.
 * @event {PasswordBreachEvent} sp-password-breach - The online service was asked about a password.
 * @event {PasswordSuggestedEvent} sp-password-suggested - The shopper took a password that was suggested.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @cssstate accepted - The password meets the policy.
 * @cssstate refused - It does not.
 *
 * @csspart tools - The row of buttons.
 * @csspart reveal - The button that shows what is typed.
 * @csspart suggest - The button that offers a password.
 * @csspart offer - What is offered.
 * @csspart kinds - The choice of words or characters.
 * @csspart suggestion - The password that is suggested.
 * @csspart entropy - How it was picked.
 * @csspart use - The button that fills it in.
 * @csspart another - The button that makes another.
 * @csspart close - The button that closes the offer.
 * @csspart caps-lock - Said while Caps Lock is on.
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
 * @cssproperty --sp-border - The colour of borders.
 * @cssproperty --sp-accent - The colour of what is pressed.
 * @cssproperty --sp-danger - The colour of what is not met.
 * @cssproperty --sp-warning - The colour of a fair password.
 * @cssproperty --sp-success - The colour of what is met.
 * @cssproperty --sp-font - The font family.
 */
export class PasswordFieldElement extends PasswordElement {
  /** The attributes that the element watches. */
  static readonly observedAttributes: readonly string[] = ["for", "policy", "context", "unreviewed", "lang", "suggest"];
  /** It takes part in its form's checks; the value is the input's own. */
  static readonly formAssociated = true;

  readonly #reveal = make("button", { part: "reveal", class: "reveal", type: "button", "aria-pressed": "false" });
  readonly #tools = make("div", { part: "tools", class: "tools", hidden: true }, this.#reveal);
  readonly #capsLock = make("p", { part: "caps-lock", class: "muted", role: "status", hidden: true });
  // Outside of the shadow root: an input's description cannot point into it.
  readonly #description = make("span", { hidden: true });
  #own: OwnPasswordWords = {};
  #form: HTMLFormElement | null = null;
  #suggests = false;

  /** The texts; set some or all of them for another language. `null` until they are loaded. */
  get words(): PasswordWords | null {
    const { dressed } = this;
    return dressed && { meter: { ...dressed.meter, ...this.#own.meter }, field: { ...dressed.field, ...this.#own.field } };
  }

  set words(words: OwnPasswordWords | null) {
    this.#own = words ?? {};
    this.worded();
  }

  /** The input that is enhanced: the one within the element, else the one that `for` names. */
  override get control(): HTMLInputElement | null {
    const found = this.scope?.getElementById(this.getAttribute("for") ?? "") ?? this.querySelector("input[type=password],input[autocomplete~=new-password]");
    return found instanceof HTMLInputElement ? found : null;
  }

  /** Whether what is typed is shown. */
  get revealed(): boolean {
    return this.#reveal.getAttribute("aria-pressed") === "true";
  }

  set revealed(revealed: boolean) {
    const { control } = this;
    if (control === null || revealed === this.revealed) return;
    const { selectionStart, selectionEnd, selectionDirection } = control;
    control.type = revealed ? "text" : "password";
    // Chromium and WebKit put the caret elsewhere when the type changes.
    control.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? "none");
    this.#reveal.setAttribute("aria-pressed", String(revealed));
    const words = this.words?.field;
    if (words) this.panel.announce(revealed ? words.shown : words.concealed, 0);
  }

  /** Part of the custom element's life: offers a password, or no more, and as its base does. */
  override attributeChangedCallback(name: string): void {
    if (name === "suggest" && this.words) this.#suggest();
    super.attributeChangedCallback(name);
  }

  /** Part of the custom element's life: watches the form that it is in. */
  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#form?.removeEventListener("submit", this.#conceal);
    this.#form = form;
    form?.addEventListener("submit", this.#conceal);
  }

  /** Part of the custom element's life: what is shown is hidden when the form is emptied. */
  formResetCallback(): void {
    this.#conceal();
    this.measure();
  }

  /** Part of the custom element's life: hides what is shown, and stops listening. */
  override disconnectedCallback(): void {
    this.#conceal();
    super.disconnectedCallback();
  }

  protected override render(): void {
    this.root.append(make("slot"), this.#tools, this.#capsLock);
    super.render();
    this.#reveal.addEventListener("click", () => (this.revealed = !this.revealed));
    const watchCapsLock = (event: KeyboardEvent | PointerEvent): void => void (this.#capsLock.hidden = !event.getModifierState?.("CapsLock"));
    this.addEventListener("keydown", watchCapsLock);
    this.addEventListener("keyup", watchCapsLock);
  }

  protected override meet(control: HTMLInputElement): void {
    for (const [name, value] of Object.entries(attributesFor(this.policy))) {
      if (!control.hasAttribute(name)) setOptional(control, name, String(value));
    }
    if (!this.#description.isConnected) {
      this.#description.id = uniqueId("password-field");
      this.append(this.#description);
    }
    toggleIdReference(control, "aria-describedby", this.#description.id, true);
  }

  protected override meterWords(): PasswordMeterWords | null {
    return this.words?.meter ?? null;
  }

  protected override worded(): void {
    const words = this.words?.field;
    if (!words) return;
    this.#reveal.textContent = words.reveal;
    this.#capsLock.textContent = words.capsLock;
    this.#tools.hidden = false;
    this.#suggest();
    super.worded();
  }

  /** Without the file the field is what it is without the attribute. */
  #suggest(): void {
    this.#suggests ||= this.hasAttribute("suggest");
    if (this.#suggests) void import("./shared/password-suggestion.js").then(({ offer }) => offer(this, this.#tools, this.panel)).catch(() => undefined);
  }

  protected override tell(rules: readonly JudgedRule[], failed: readonly string[]): void {
    const { control, words } = this;
    this.#description.textContent = rules.map(({ text }) => text).join(". ");
    if (failed.length === 0 || words === null || !this.hasAttribute("enforce")) return this.internals.setValidity({});
    const message = fill(words.field.invalid, { rules: listText(failed, this.language) });
    this.internals.setValidity({ customError: true }, message, this.contains(control) ? (control ?? undefined) : undefined);
  }

  readonly #conceal = (): void => {
    this.revealed = false;
  };
}

define("sp-password-field", PasswordFieldElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-password-field": PasswordFieldElement;
  }
}
