import { isUnavailable, PrivacyError, type PrivacyErrorCode } from "../lib/error.js";
import { load, type CardField, type FieldProblem, type Payment, type Recipient } from "../payment.js";
import sheet from "../styles/payment-form.css.js";
import theme from "../styles/theme.css.js";
import { codeOf, define, StorefrontElement, type ElementState } from "./shared/base.js";
import { CARD_FIELDS, CardFields, putText } from "./shared/card-fields.js";
import { BrandRow } from "./shared/card-marks.js";
import { make, skipsChecks } from "./shared/dom.js";
import { PaymentInvalidEvent, PaymentSealedEvent } from "./shared/events-payment.js";
import { ProblemSummary } from "./shared/problem-summary.js";
import { isObject, request } from "./shared/requests.js";
import { watchPresses, whenUnpressed } from "./shared/unpressed.js";
import { brandNames, english, type PaymentFormWords } from "./shared/words-payment-form.js";
import { fill } from "./shared/words.js";

export {
  PaymentInvalidEvent,
  PaymentSealedEvent,
  type PaymentInvalidDetail,
  type PaymentSealedDetail,
} from "./shared/events-payment.js";
export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export type { CardFieldWords, PaymentFormWords } from "./shared/words-payment-form.js";

// A processor may change its keys while a page is open; what is older than this is fetched again before it is used.
const KEYS_LIFETIME = 600_000;

/**
 * Card fields whose content leaves the page only sealed for the payment processor.
 *
 * The inputs are the page's own, `<input data-card="number|expiry|code|name">` among the element's children, or built there when
 * absent, so that autofill finds them. They have no name and are disabled until the card can be sealed: no failure of script,
 * network or server sends what is typed into them. A form that is submitted is submitted once more with the sealed envelope in place of
 * the card; without a card by a button with `formnovalidate`, and while the element, or a fieldset around it, is disabled or unavailable.
 *
 * @summary Card fields that are sealed in the page.
 * @tag sp-payment-form
 *
 * @attr {string} name - The name of the envelope in the form's data; `envelope` when absent.
 * @attr {string} keys - Where the processor's public keys are: GET answers a JWK Set.
 * @attr {string} merchant - The shop's name at the processor.
 * @attr {string} order - The order that is paid.
 * @attr {string} amount - The amount, in the currency's minor unit.
 * @attr {string} currency - The currency, as its ISO 4217 letters.
 * @attr {string} accept - The brands that the shop takes, separated by spaces; every known one when absent.
 * @attr {boolean} disabled - Whether the card is left out of the form.
 * @attr {string} src - The address of the wasm module, when it is not beside the script.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where it stands.
 *
 * @slot - The shop's own markup around its inputs.
 * @slot unavailable - Shown when the element cannot work, and where script is off.
 *
 * @event {PaymentSealedEvent} sp-payment-sealed - The card is sealed; the form is sent next.
 * @event {PaymentInvalidEvent} sp-payment-invalid - The form was not sent because of what is in its fields.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @csspart group - Everything but the `unavailable` slot.
 * @csspart summary - The list of problems.
 * @csspart brands - The marks of the brands that are taken.
 * @csspart brand - One brand's mark.
 * @csspart field - One field that the element has built.
 * @csspart problem - What went wrong with sealing.
 *
 * @cssproperty --sp-border - The colour of the inputs' borders.
 * @cssproperty --sp-surface - The colour behind the inputs.
 * @cssproperty --sp-text - The colour of text.
 * @cssproperty --sp-muted - The colour of hints.
 * @cssproperty --sp-danger - The colour of problems.
 * @cssproperty --sp-danger-surface - The colour behind the list of problems.
 * @cssproperty --sp-radius - The corner of inputs.
 * @cssproperty --sp-gap - The space between fields.
 * @cssproperty --sp-focus - The colour of the focus ring.
 * @cssproperty --sp-font - The font family.
 */
export class PaymentFormElement extends StorefrontElement<"payment"> {
  /** Takes part in a form. */
  static readonly formAssociated: boolean = true;

  protected override readonly capability = "payment";

  #words: PaymentFormWords = english;
  #payment: Payment | undefined;
  #keys: Recipient["keys"] | undefined;
  #keysSince = 0;
  #fields: CardFields | undefined;
  #form: HTMLFormElement | null = null;
  #off = false;
  #sealing = false;
  #passing = false;
  #brand: string | null = null;
  #problem: PrivacyErrorCode | null = null;

  readonly #summary = new ProblemSummary();
  readonly #brands = new BrandRow();
  readonly #group = make("div", { part: "group", class: "content", role: "group" });
  readonly #failure = make("p", { part: "problem", class: "problem", role: "alert" });
  readonly #live = make("div", { class: "spoken", role: "status" });

  constructor() {
    super(theme, sheet);
  }

  /** The texts; set some or all of them for another language. */
  get words(): PaymentFormWords {
    return this.#words;
  }

  set words(words: Partial<PaymentFormWords>) {
    this.#words = { ...english, ...words };
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

  /** Part of the custom element's life: loads once its inputs are there. */
  override connectedCallback(): void {
    if (this.#fields === undefined && document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", () => this.isConnected && this.connectedCallback(), { once: true });
      return;
    }
    // A form-associated element without a name is left out of the form's data.
    if (!this.hasAttribute("name")) this.name = "envelope";
    super.connectedCallback();
    globalThis.addEventListener("pagehide", this.#left);
    // The browser tells of a disabled fieldset only after this.
    this.#off = this.matches(":disabled");
    if (!this.#off) this.start();
  }

  /** Part of the custom element's life: stops listening, and forgets the security code. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    globalThis.removeEventListener("pagehide", this.#left);
    this.#left();
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
    this.#open();
    if (!disabled && this.isConnected && this.#fields !== undefined) this.start();
  }

  /** Part of a form-associated element's life: forgets what was typed. */
  formResetCallback(): void {
    this.internals.setFormValue(null);
    this.#complain([]);
    this.#say(null);
    this.#recognise(null, 3);
  }

  protected override render(): void {
    const fields = new CardFields(this);
    this.#fields = fields;
    const cells = CARD_FIELDS.filter((name) => fields.built(name)).map((name) =>
      make(
        "div",
        { part: "field", class: `field ${name}` },
        make("slot", { name: `${name}-label` }),
        make("slot", { name: `${name}-input` }),
        make("slot", { name: `${name}-hint` }),
        make("slot", { name: `${name}-problem` }),
      ),
    );
    this.#group.append(this.#summary.node, this.#brands.node, make("slot"));
    if (cells.length > 0) this.#group.append(make("div", { class: "grid" }, ...cells));
    this.#group.append(this.#failure);
    this.root.append(this.#group, this.#live, make("slot", { name: "unavailable" }));
    watchPresses();
    this.addEventListener("input", this.#typed);
    this.addEventListener("change", this.#typed);
    this.addEventListener("focusin", this.#entered);
    this.addEventListener("focusout", this.#leftField);
    this.#write();
    this.#open();
  }

  protected override async prepare(): Promise<void> {
    const source = this.getAttribute("src");
    const since = performance.now();
    const keys = this.#fetchKeys().then(
      () => this.step("keys", "ok", since),
      (failure: unknown) => {
        this.step("keys", "failed", since, codeOf(failure, "payment.key-unreachable"));
        throw failure;
      },
    );
    const [payment] = await Promise.all([load(source ?? undefined), keys]);
    this.#payment = payment;
  }

  protected override stateChanged(state: ElementState): void {
    this.#open();
    if (state === "ready") this.#reformat();
  }

  async #fetchKeys(): Promise<void> {
    const url = this.getAttribute("keys") ?? "/api/payment/keys";
    const answer = await request("GET", url, undefined, { unreachable: "payment.key-unreachable", refused: "payment.key-unreachable" });
    if (!isObject(answer) || !Array.isArray(answer["keys"]) || answer["keys"].length === 0) {
      throw new PrivacyError("payment.key-invalid", "expected a JWK Set with a key from the processor");
    }
    this.#keys = { keys: answer["keys"] as JsonWebKey[] };
    this.#keysSince = performance.now();
  }

  readonly #left = (): void => {
    this.#fields?.forgetCode();
    this.internals.setFormValue(null);
  };

  readonly #entered = (): void => {
    if (this.state !== "ready" || performance.now() - this.#keysSince < KEYS_LIFETIME) return;
    this.#fetchKeys().catch(() => undefined);
  };

  readonly #typed = (event: Event): void => {
    const fields = this.#fields;
    const field = fields?.fieldOf(event.target) ?? null;
    if (fields === undefined || field === null) return;
    if (event instanceof InputEvent && event.isComposing) return;
    this.internals.setFormValue(null);
    this.#format(field);
    // While a problem is shown, what is typed can take it away; a new one is not shown before the field is left.
    if (fields.complains(field) && !this.#check().some((problem) => problem.field === field)) fields.complain(field, null);
  };

  readonly #leftField = (event: FocusEvent): void => {
    const fields = this.#fields;
    const field = fields?.fieldOf(event.target) ?? null;
    if (fields === undefined || field === null) return;
    whenUnpressed(() => {
      if (this.state !== "ready" || this.#sealing || fields.input(field).value === "") return;
      const problem = this.#check().find((each) => each.field === field);
      fields.complain(field, problem === undefined ? null : fields.say(problem.code, this.#words));
    });
  };

  #format(field: CardField): void {
    const payment = this.#payment;
    const fields = this.#fields;
    if (payment === undefined || fields === undefined || this.state !== "ready") return;
    const input = fields.input(field);
    const caret = input.selectionStart ?? input.value.length;
    try {
      if (field === "number") {
        const { text, caret: moved, brand, codeLength } = payment.format(input.value, caret);
        putText(input, text, moved);
        this.#recognise(brand, codeLength);
      } else if (field === "expiry") {
        const { text, caret: moved } = payment.formatExpiry(input.value, caret);
        putText(input, text, moved);
      } else if (field === "code") {
        fields.tidyCode();
      }
    } catch (failure) {
      this.#broken(codeOf(failure, "module.trapped"));
    }
  }

  #reformat(): void {
    for (const field of CARD_FIELDS) if (this.#fields?.input(field).value !== "") this.#format(field);
  }

  #check(): readonly FieldProblem[] {
    if (this.#payment === undefined || this.#fields === undefined || this.state !== "ready") return [];
    const accepted = this.#accepted();
    try {
      return this.#payment.check(this.#fields.read(), accepted.length === 0 ? {} : { accepted });
    } catch (failure) {
      this.#broken(codeOf(failure, "module.trapped"));
      return [];
    }
  }

  // What stops working is loaded anew; meanwhile the shop's own words stand in its place.
  #broken(code: PrivacyErrorCode): void {
    if (!isUnavailable(code)) return;
    this.#payment = undefined;
    this.fail(code);
    this.retry();
  }

  #accepted(): string[] {
    return (this.getAttribute("accept") ?? "").split(/\s+/).filter((brand) => brand !== "");
  }

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
    if (this.state === "loading") this.#live.textContent = this.#words.loading;
    else if (!this.#sealing) void this.#pay(event.submitter);
  };

  async #pay(submitter: HTMLElement | null): Promise<void> {
    const since = performance.now();
    this.internals.setFormValue(null);
    this.#say(null);
    const problems = this.#check();
    this.#complain(problems);
    if (this.state !== "ready") return;
    const first = problems[0];
    if (first !== undefined) {
      this.step("check", "failed", since, first.code);
      this.#fields?.input(first.field).focus();
      this.dispatchEvent(new PaymentInvalidEvent({ problems }));
      return;
    }
    this.step("check", "ok", since);
    this.#sealing = true;
    this.#live.textContent = this.#words.sealing;
    // While a submit event is under way a form cannot be submitted again (HTML, "firing submission events").
    await new Promise((resolve) => setTimeout(resolve));
    try {
      const detail = await this.#seal();
      this.#live.replaceChildren();
      this.dispatchEvent(new PaymentSealedEvent(detail));
      this.#send(submitter);
    } catch (failure) {
      this.#live.replaceChildren();
      this.#fields?.forgetCode();
      const code = codeOf(failure, "payment.seal-failed");
      this.#say(code);
      this.#broken(code);
    } finally {
      this.#sealing = false;
    }
  }

  async #seal(): Promise<{ brand: string | null; lastFour: string }> {
    const since = performance.now();
    const payment = this.#payment;
    const fields = this.#fields;
    const keys = this.#keys;
    try {
      if (payment === undefined || fields === undefined || keys === undefined) {
        throw new PrivacyError("payment.seal-failed", "the card form is not ready");
      }
      const card = fields.read();
      const order = { id: this.getAttribute("order") ?? "", amount: readAmount(this.getAttribute("amount")), currency: this.getAttribute("currency") ?? "" };
      const envelope = await payment.seal(card, order, { keys, merchant: this.getAttribute("merchant") ?? "" });
      const detail = { brand: this.#brand, lastFour: payment.lastFour(card.number) };
      // The state is empty, so that no browser keeps the envelope to fill it in again.
      this.internals.setFormValue(envelope, "");
      fields.forgetCode();
      this.step("seal", "ok", since);
      return detail;
    } catch (failure) {
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
    if (this.#fields === undefined) return;
    this.#summary.show(problems, this.#fields, this.#words);
    this.#live.textContent = problems.length === 0 ? "" : fill(this.#words.problemCount, { count: problems.length });
  }

  #say(code: PrivacyErrorCode | null): void {
    this.#problem = code;
    this.#failure.textContent = code === null ? "" : (this.#fields?.say(code, this.#words) ?? this.#words.otherwise);
  }

  #recognise(brand: string | null, codeLength: number): void {
    this.#fields?.setCodeLength(codeLength, this.#words);
    if (brand === this.#brand) return;
    this.#brand = brand;
    this.#drawMarks();
    if (brand !== null) this.#live.textContent = fill(this.#words.recognised, { brand: brandNames[brand] ?? brand });
  }

  #drawMarks(): void {
    this.#brands.show(this.#accepted(), this.#brand, this.#words.brands);
  }

  #open(): void {
    this.#fields?.enable(this.state === "ready" && !this.#off);
  }

  #write(): void {
    this.#group.setAttribute("aria-label", this.#words.label);
    this.#summary.write(this.#words);
    this.#fields?.write(this.#words);
    this.#drawMarks();
    this.#say(this.#problem);
  }
}

function readAmount(text: string | null): bigint {
  if (text === null || !/^\d{1,15}$/.test(text)) throw new PrivacyError("input.invalid", "expected the amount in minor units, a whole number");
  return BigInt(text);
}

define("sp-payment-form", PaymentFormElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-payment-form": PaymentFormElement;
  }
}
