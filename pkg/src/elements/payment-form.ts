import { PrivacyError, isUnavailable, type PrivacyErrorCode } from "../lib/error.js";
import { framesAreBound } from "../lib/frame-policy.js";
import { paymentLocale } from "../lib/payment-languages.js";
import type { FieldProblem } from "../verbs/payment.js";
import sheet from "../styles/payment-form.css.js";
import theme from "../styles/theme.css.js";
import { codeOf, define, StorefrontElement } from "./shared/base.js";
import type { CardDesk, CardDress, CardListener, CardState, SealedCard } from "./shared/card-desk.js";
import { cardFiles } from "./shared/card-files.js";
import { CardKeys } from "./shared/card-keys.js";
import { orderOf, submitByEnter } from "./shared/card-order.js";
import { tokensOf } from "./shared/card-tokens.js";
import { make, skipsChecks } from "./shared/dom.js";
import { PaymentChangedEvent, PaymentInvalidEvent, PaymentSealedEvent } from "./shared/events-payment.js";
import { IsolatedCard } from "./shared/isolated-card.js";
import { ProblemSummary } from "./shared/problem-summary.js";
import { english, type PaymentFormWords } from "./shared/words-payment-form.js";
import { fill, languageAt } from "./shared/words.js";

export type { CardState, FieldState } from "./shared/card-desk.js";
export { PaymentChangedEvent, PaymentInvalidEvent, PaymentSealedEvent } from "./shared/events-payment.js";
export type { PaymentInvalidDetail, PaymentSealedDetail } from "./shared/events-payment.js";
export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export type { CardFieldWords, PaymentFormWords } from "./shared/words-payment-form.js";

/** How far the card is out of the reach of the page: in a frame, in a frame that could be navigated, or not at all. */
export type Isolation = "full" | "reduced" | "none";

/**
 * Card fields whose content leaves the page only sealed for the payment processor.
 *
 * The fields are in a frame of no origin: no script of the page can read what is typed there, and nothing in the frame can send it
 * anywhere; only the sealed envelope comes out. With `mode="inline" accept-page-can-read-card` they are the page's own inputs,
 * `<input data-card="number|expiry|code|name">` among the element's children or built there, and every script on the page can read the
 * card. In either mode they have no name and are disabled until the card can be sealed: no failure of script, network or server sends
 * what is typed into them. A form that is submitted is submitted once more with the sealed envelope in place of the card; without a
 * card by a button with `formnovalidate`, and while the element, or a fieldset around it, is disabled or unavailable.
 *
 * @summary Card fields that are sealed out of the page's reach.
 * @tag sp-payment-form
 *
 * @attr {string} name - The name of the envelope in the form's data; `envelope` when absent.
 * @attr {"isolated" | "inline"} mode - Where the fields are; `isolated` when absent. Read once.
 * @attr {boolean} accept-page-can-read-card - What `inline` takes: the shop knows that every script of the page can read the card.
 * @attr {string} keys - Where the processor's signed keys are: GET answers `{"manifest": "…"}`. The page pins the roots first: `pin({ roots })`.
 * @attr {string} merchant - The shop's name at the processor.
 * @attr {string} order - The order that is paid.
 * @attr {string} amount - The amount, in the currency's minor unit.
 * @attr {string} currency - The currency, as its ISO 4217 letters.
 * @attr {string} accept - The brands that the shop takes, separated by spaces; every known one when absent.
 * @attr {boolean} disabled - Whether the card is left out of the form.
 * @attr {boolean} unreviewed - Lets texts be used that no native speaker has reviewed yet.
 * @attr {string} src - The address of the wasm module, when it is not beside the script.
 * @attr {string} frame - The address of the frame's script, when it is not beside the script; its bytes are the same.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where it stands.
 * @attr {"full" | "reduced" | "none"} isolation - Set by the element: how far the card is out of the page's reach.
 *
 * @slot - The shop's own markup: around its inputs, or after the frame.
 * @slot wallets - Other ways to pay, such as wallet buttons, before the card; shown whatever happens to the card.
 * @slot unavailable - Shown when the element cannot work, and where script is off.
 *
 * @event {PaymentChangedEvent} sp-payment-changed - What may be known of the card has changed.
 * @event {PaymentSealedEvent} sp-payment-sealed - The card is sealed; the form is sent next.
 * @event {PaymentInvalidEvent} sp-payment-invalid - The form was not sent because of what is in its fields.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @csspart group - Everything but the slots for other ways to pay.
 * @csspart frame - What is around the frame with the fields, or around those that the element has built.
 * @csspart summary - The list of problems.
 * @csspart brands - The marks of the brands that are taken, in `inline`.
 * @csspart brand - One brand's mark, in `inline`.
 * @csspart choice - The choice between a card's networks, in `inline`.
 * @csspart field - One field that the element has built, in `inline`.
 * @csspart problem - What went wrong with sealing.
 *
 * @cssproperty --sp-border - The colour of the inputs' borders.
 * @cssproperty --sp-surface - The colour behind the inputs.
 * @cssproperty --sp-text - The colour of text.
 * @cssproperty --sp-muted - The colour of hints.
 * @cssproperty --sp-danger - The colour of problems.
 * @cssproperty --sp-danger-surface - The colour behind the list of problems.
 * @cssproperty --sp-accent - The colour of the focus ring, when it has none of its own.
 * @cssproperty --sp-radius - The corner of inputs.
 * @cssproperty --sp-gap - The space between fields.
 * @cssproperty --sp-focus - The colour of the focus ring.
 * @cssproperty --sp-font - The font family; in the frame, one that the browser has.
 */
export class PaymentFormElement extends StorefrontElement<"payment"> {
  /** Takes part in a form. */
  static readonly formAssociated: boolean = true;
  /** What changes the texts and looks of a form that is shown. */
  static readonly observedAttributes: readonly string[] = ["accept", "lang", "unreviewed"];

  protected override readonly capability = "payment";

  #own: Partial<PaymentFormWords> = {};
  #locale: PaymentFormWords = english;
  #language = "en";
  #desk: CardDesk | undefined;
  #drawn = false;
  #gone = false;
  #isolation: Isolation | null = null;
  readonly #keys = new CardKeys(this);
  #form: HTMLFormElement | null = null;
  #off = false;
  #sealing = false;
  #passing = false;
  #codeLength = 3;
  #problem: PrivacyErrorCode | null = null;
  #dressed = "";
  #media: MediaQueryList | undefined;

  readonly #summary = new ProblemSummary();
  readonly #place = make("div", { part: "frame", class: "place" });
  readonly #group = make("div", { part: "group", class: "content", role: "group" });
  readonly #failure = make("p", { part: "problem", class: "problem", role: "alert", tabindex: "-1" });
  readonly #live = make("div", { class: "spoken", role: "status", "data-live": "form" });
  readonly #sized = typeof ResizeObserver === "function" ? new ResizeObserver(() => this.#write()) : null;

  constructor() {
    super(theme, sheet);
  }

  /** The texts; set some or all of them for another language. */
  get words(): PaymentFormWords {
    return { ...this.#locale, ...this.#own };
  }

  set words(words: Partial<PaymentFormWords>) {
    this.#own = words;
    this.#write();
  }

  /** The form that the element is part of. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** The name of the envelope in the form's data. */
  get name(): string {
    return this.getAttribute("name") ?? "envelope";
  }

  set name(name: string) {
    this.setAttribute("name", name);
  }

  /** Whether the card is left out of the form. */
  get disabled(): boolean {
    return this.hasAttribute("disabled");
  }

  set disabled(disabled: boolean) {
    this.toggleAttribute("disabled", disabled);
  }

  /**
   * How far the card is out of the page's reach: `full` in a frame that the page's policy keeps from being navigated (`frame-src 'none'`),
   * `reduced` in any other frame, `none` in `inline`; `null` until it is known.
   */
  get isolation(): Isolation | null {
    return this.#isolation;
  }

  /** Part of the custom element's life: loads once its inputs are there. */
  override connectedCallback(): void {
    if (!this.#drawn && document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", () => this.isConnected && this.connectedCallback(), { once: true });
      return;
    }
    // A form-associated element without a name is left out of the form's data.
    if (!this.hasAttribute("name")) this.name = "envelope";
    super.connectedCallback();
    globalThis.addEventListener("pagehide", this.#left);
    this.#media = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
    this.#media?.addEventListener("change", this.#looks);
    this.#sized?.observe(this);
    void this.#translate();
    // The browser tells of a disabled fieldset only after this.
    this.#off = this.matches(":disabled");
    if (this.#inline && !this.hasAttribute("accept-page-can-read-card")) this.fail("input.invalid");
    else if (this.#gone) this.restart();
    else if (!this.#off) this.start();
    this.#gone = false;
  }

  /** Part of the custom element's life: stops listening, and forgets the card: a frame that is taken out of a page is gone. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    globalThis.removeEventListener("pagehide", this.#left);
    this.#media?.removeEventListener("change", this.#looks);
    this.#sized?.disconnect();
    this.#left();
    if (this.#desk === undefined || this.#inline) return;
    this.#desk.close();
    this.#gone = true;
  }

  /** Part of the custom element's life: shows other texts or brands. */
  attributeChangedCallback(name: string): void {
    if (!this.isConnected || !this.#drawn) return;
    if (name === "accept") this.#write();
    else void this.#translate();
  }

  /** Part of a form-associated element's life: listens to the form it belongs to. */
  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#form?.removeEventListener("submit", this.#submitted, { capture: true });
    this.#form = form;
    form?.addEventListener("submit", this.#submitted, { capture: true });
  }

  /** Part of a form-associated element's life: is left out while it, or a fieldset around it, is disabled. */
  formDisabledCallback(disabled: boolean): void {
    this.#off = disabled;
    this.stateChanged();
    if (!disabled && this.isConnected && this.#drawn) this.start();
  }

  /** Part of a form-associated element's life: forgets what was typed. */
  formResetCallback(): void {
    this.internals.setFormValue(null);
    this.#desk?.reset();
    this.#complain([]);
    this.#say(null);
  }

  get #inline(): boolean {
    return this.getAttribute("mode") === "inline";
  }

  protected override render(): void {
    this.#drawn = true;
    for (const input of this.querySelectorAll<HTMLInputElement>("input[data-card]")) {
      input.removeAttribute("name");
      input.disabled = true;
      // Nobody is to type a card into the page itself by mistake.
      if (!this.#inline) for (const each of [input, ...(input.labels ?? [])]) each.hidden = true;
    }
    this.#group.append(this.#summary.node, this.#place, make("slot"), this.#failure);
    this.root.append(make("slot", { name: "wallets" }), this.#group, this.#live, make("slot", { name: "unavailable" }));
    this.addEventListener("focusin", this.#entered);
    this.#write();
    if (!this.#inline) this.#sit(new IsolatedCard(this, this.root, this.#place, this.#dress(), () => cardFiles(this), this.#told));
  }

  #sit(desk: CardDesk): CardDesk {
    this.#desk = desk;
    this.stateChanged();
    return desk;
  }

  protected override async prepare(): Promise<void> {
    const since = performance.now();
    const told = (failure: unknown): never => {
      this.step("keys", "failed", since, codeOf(failure, "payment.key-unreachable"));
      throw failure;
    };
    const manifest = this.#keys.fetch().catch(told);
    // What fails first is told; the other may fail after it.
    manifest.catch(() => undefined);
    const desk = this.#desk ?? this.#sit(await this.#inlineDesk());
    if (this.#isolation === null) void this.#isolate();
    const [text] = await Promise.all([manifest, desk.prepare()]);
    await this.#keys.trust(desk, text).catch(told);
    this.step("keys", "ok", since);
  }

  async #inlineDesk(): Promise<CardDesk> {
    const { InlineCard } = await import("./shared/inline-card.js");
    return new InlineCard(this, this.root, this.#place, this.#dress(), this.getAttribute("src") ?? undefined, this.#told);
  }

  async #isolate(): Promise<void> {
    this.#isolation = this.#inline ? "none" : (await framesAreBound()) ? "full" : "reduced";
    this.setAttribute("isolation", this.#isolation);
  }

  protected override stateChanged(): void {
    this.#desk?.enable(this.state === "ready" && !this.#off);
  }

  readonly #told: CardListener = {
    changed: (state: CardState) => {
      this.internals.setFormValue(null);
      this.#codeLength = state.codeLength;
      this.#entered();
      this.dispatchEvent(new PaymentChangedEvent(state));
    },
    broken: (code: PrivacyErrorCode) => {
      this.fail(code);
      this.retry();
    },
    submit: () => submitByEnter(this.internals.form),
  };

  readonly #left = (): void => {
    this.#desk?.forget();
    this.internals.setFormValue(null);
  };

  readonly #entered = (): void => {
    if (this.state === "ready") this.#keys.refresh(this.#desk);
  };

  readonly #submitted = (event: SubmitEvent): void => {
    // Without the sealer there is no card in the form at all: what the shop offers instead may go its way.
    if (this.#passing || this.#off || this.state === "unavailable") return;
    // A button that skips the form's checks, such as "pay by invoice", skips the card too.
    if (skipsChecks(event.submitter)) {
      this.#left();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.state === "loading") this.#live.textContent = this.words.loading;
    else if (!this.#sealing) void this.#pay(event.submitter);
  };

  async #pay(submitter: HTMLElement | null): Promise<void> {
    this.#sealing = true;
    this.internals.setFormValue(null);
    this.#say(null);
    try {
      if (!(await this.#check())) return;
      this.#live.textContent = this.words.sealing;
      // While a submit event is under way a form cannot be submitted again (HTML, "firing submission events").
      await new Promise((resolve) => setTimeout(resolve));
      const { envelope, ...detail } = await this.#seal();
      // The state is empty, so that no browser keeps the envelope to fill it in again.
      this.internals.setFormValue(envelope, "");
      this.#live.replaceChildren();
      this.dispatchEvent(new PaymentSealedEvent(detail));
      this.#send(submitter);
    } catch (failure) {
      this.#live.replaceChildren();
      const code = codeOf(failure, "payment.seal-failed");
      this.#say(code);
      this.#failure.focus();
      if (isUnavailable(code)) this.#told.broken(code);
    } finally {
      this.#sealing = false;
    }
  }

  /** Whether the card can be sealed; what is wrong is said, and the focus moved there. */
  async #check(): Promise<boolean> {
    const since = performance.now();
    const problems = (await this.#desk?.check()) ?? [];
    this.#complain(problems);
    const first = problems[0];
    if (first === undefined) {
      if (this.state === "ready") this.step("check", "ok", since);
      return this.state === "ready";
    }
    this.step("check", "failed", since, first.code);
    this.#desk?.forget();
    this.#desk?.focus(first.field);
    this.dispatchEvent(new PaymentInvalidEvent({ problems }));
    return false;
  }

  async #seal(): Promise<SealedCard> {
    const since = performance.now();
    try {
      if (this.#desk === undefined || !this.#keys.trusted) throw new PrivacyError("payment.seal-failed", "the card form is not ready");
      const sealed = await this.#desk.seal(orderOf(this));
      this.step("seal", "ok", since);
      return sealed;
    } catch (failure) {
      this.#desk?.forget();
      this.step("seal", "failed", since, codeOf(failure, "payment.seal-failed"));
      throw failure;
    }
  }

  #send(submitter: HTMLElement | null): void {
    const form = this.internals.form;
    if (form === null) return;
    const since = performance.now();
    this.#passing = true;
    try {
      form.requestSubmit(submitter?.isConnected === true ? submitter : null);
    } finally {
      this.#passing = false;
    }
    this.step("submit", "ok", since);
  }

  #complain(problems: readonly FieldProblem[]): void {
    const said = problems.map(({ field, code }) => ({ field, text: this.#textOf(code) }));
    this.#summary.show(said, (field) => this.#desk?.focus(field));
    this.#live.textContent = problems.length === 0 ? "" : fill(this.words.problemCount, { count: problems.length });
  }

  #say(code: PrivacyErrorCode | null): void {
    this.#problem = code;
    this.#failure.textContent = code === null ? "" : this.#textOf(code);
  }

  #textOf(code: string): string {
    const { problems, otherwise } = this.words;
    return fill(problems[code] ?? otherwise, { length: this.#codeLength });
  }

  /** Takes on the language in force here, where there are texts in it that may be used. */
  async #translate(): Promise<void> {
    const language = languageAt(this);
    const locale = await paymentLocale(language, this.hasAttribute("unreviewed")).catch(() => null);
    if (language !== languageAt(this)) return;
    this.#language = locale?.language ?? "en";
    this.#locale = locale?.form ?? english;
    this.#write();
  }

  readonly #looks = (): void => this.#write();

  #write(): void {
    const dress = this.#dress();
    const text = JSON.stringify(dress);
    if (text === this.#dressed) return;
    this.#dressed = text;
    this.#group.setAttribute("aria-label", dress.words.label);
    this.#group.lang = this.#live.lang = Object.keys(this.#own).length > 0 ? languageAt(this) : this.#language;
    this.#summary.write(dress.words.summary);
    this.#desk?.dress(dress);
    this.#say(this.#problem);
  }

  /** What the fields are to look like: the shop's tokens, and what the element itself has inherited. */
  #dress(): CardDress {
    const style = getComputedStyle(this);
    return {
      words: this.words,
      language: this.#language,
      direction: style.direction === "rtl" ? "rtl" : "ltr",
      accepted: (this.getAttribute("accept") ?? "").split(/\s+/).filter((brand) => brand !== ""),
      tokens: this.#inline ? {} : tokensOf(style),
    };
  }
}

define("sp-payment-form", PaymentFormElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-payment-form": PaymentFormElement;
  }
}
