import type { PrivacyErrorCode } from "../../lib/error.js";
import { isUnavailable } from "../../lib/error.js";
import type { CardField, FieldProblem, Order, Payment, TrustedKeys } from "../../verbs/payment.js";
import { codeOf } from "./codes.js";
import type { CardDress, CardListener, CardState, FieldState, SealedCard } from "./card-desk.js";
import { CARD_FIELDS, CardFields, putText } from "./card-fields.js";
import { BrandRow } from "./card-marks.js";
import { NetworkChoice } from "./network-choice.js";
import { make } from "./dom.js";
import { whenUnpressed, watchPresses } from "./unpressed.js";
import { brandNames } from "./brand-names.js";
import type { PaymentFormWords } from "./words-payment-form.js";
import { fill } from "./words.js";

/** The fields of a card as a shopper works with them: grouped and judged by the module while they are filled in. */
export class CardView {
  /** What is shown, to be put into a shadow root of the host. */
  readonly node: HTMLElement;

  readonly #fields: CardFields;
  readonly #told: Pick<CardListener, "changed" | "broken">;
  readonly #brands = new BrandRow();
  readonly #choice = new NetworkChoice(() => {
    this.#drawMarks();
    this.#tell();
  });
  readonly #live = make("div", { class: "spoken", role: "status" });
  #words: PaymentFormWords;
  #accepted: readonly string[];
  #payment: Payment | undefined;
  #keys: TrustedKeys | undefined;
  #brand: string | null = null;
  #last = "";
  #busy = false;

  /** Finds the inputs among the host's children or builds them there, and listens to them. */
  constructor(host: HTMLElement, { words, accepted }: Pick<CardDress, "words" | "accepted">, told: Pick<CardListener, "changed" | "broken">) {
    this.#told = told;
    this.#words = words;
    this.#accepted = accepted;
    this.#fields = new CardFields(host);
    const cells = CARD_FIELDS.filter((name) => this.#fields.built(name)).map((name) => {
      const slots = ["label", "input", "hint", "problem"].map((part) => make("slot", { name: `${name}-${part}` }));
      return make("div", { part: "field", class: `field ${name}` }, ...slots);
    });
    this.node = make("div", { class: "card" }, this.#brands.node, make("div", { class: "grid" }, ...cells), this.#choice.node, this.#live);
    watchPresses();
    host.addEventListener("input", this.#typed);
    host.addEventListener("change", this.#typed);
    host.addEventListener("focusout", this.#left);
    this.dress({ words, accepted });
  }

  /** Shows other texts, or other brands. */
  dress({ words, accepted }: Pick<CardDress, "words" | "accepted">): void {
    this.#words = words;
    this.#accepted = accepted;
    this.#fields.write(words);
    this.#choice.write(words.choose);
    this.#drawMarks();
  }

  /** Works with this module from now on; without one it only waits. */
  use(payment: Payment | undefined): void {
    this.#payment = payment;
    for (const field of CARD_FIELDS) if (this.#fields.input(field).value !== "") this.#format(field);
    this.#tell();
  }

  /** Opens or closes the fields. */
  enable(open: boolean): void {
    this.#fields.enable(open);
    this.#choice.enable(open);
  }

  /** Puts the focus into a field. */
  focus(field: CardField): void {
    this.#fields.input(field).focus();
  }

  /** Says at each field what is wrong with it, and gives the list. */
  check(): readonly FieldProblem[] {
    const problems = this.#judge();
    for (const name of CARD_FIELDS) this.#complain(name, problems);
    return problems;
  }

  /** Takes the keys to seal for. */
  trust(keys: TrustedKeys): void {
    this.#keys = keys;
  }

  /** Seals the card; the security code is forgotten, however that ends (PCI DSS 3.3.1). */
  async seal(order: Order): Promise<SealedCard> {
    const payment = this.#payment;
    const keys = this.#keys;
    if (payment === undefined || keys === undefined) throw new TypeError("expected the module and the keys to be there");
    this.#busy = true;
    try {
      const card = this.#fields.read();
      const network = this.#choice.network ?? undefined;
      const envelope = await payment.seal({ ...card, network }, order, keys);
      return { envelope, brand: this.#network, bin: bin(card.number), lastFour: payment.lastFour(card.number) };
    } catch (failure) {
      this.#broken(codeOf(failure, "payment.seal-failed"));
      throw failure;
    } finally {
      this.#busy = false;
      this.forget();
    }
  }

  /** Forgets the security code. */
  forget(): void {
    this.#fields.forgetCode();
  }

  /** Forgets everything that was typed and said. */
  reset(): void {
    this.#fields.clear();
    this.#choice.offer([]);
    this.#recognise(null, 3);
    this.#tell();
  }

  readonly #typed = (event: Event): void => {
    const field = this.#fields.fieldOf(event.target);
    if (field === null || (event instanceof InputEvent && event.isComposing)) return;
    this.#format(field);
    // While a problem is shown, what is typed can take it away; a new one is not shown before the field is left.
    if (this.#fields.complains(field) && !this.#judge().some((problem) => problem.field === field)) this.#fields.complain(field, null);
    this.#tell();
  };

  readonly #left = (event: FocusEvent): void => {
    const field = this.#fields.fieldOf(event.target);
    if (field === null) return;
    whenUnpressed(() => {
      if (this.#payment === undefined || this.#busy || this.#fields.input(field).value === "") return;
      this.#complain(field, this.#judge());
    });
  };

  #complain(name: CardField, problems: readonly FieldProblem[]): void {
    const problem = problems.find((each) => each.field === name);
    this.#fields.complain(name, problem === undefined ? null : this.#fields.say(problem.code, this.#words));
  }

  #format(field: CardField): void {
    const payment = this.#payment;
    if (payment === undefined) return;
    const input = this.#fields.input(field);
    const caret = input.selectionStart ?? input.value.length;
    try {
      if (field === "number") {
        const { text, caret: moved, brand, choices, codeLength } = payment.format(input.value, caret);
        putText(input, text, moved);
        this.#choice.offer(choices.filter((each) => this.#accepted.length === 0 || this.#accepted.includes(each)));
        this.#recognise(brand, codeLength);
      } else if (field === "expiry") {
        const { text, caret: moved } = payment.formatExpiry(input.value, caret);
        putText(input, text, moved);
      } else if (field === "code") {
        this.#fields.tidyCode();
      }
    } catch (failure) {
      this.#broken(codeOf(failure, "module.trapped"));
    }
  }

  #judge(): readonly FieldProblem[] {
    if (this.#payment === undefined) return [];
    try {
      return this.#payment.check(this.#fields.read(), this.#accepted.length === 0 ? {} : { accepted: this.#accepted });
    } catch (failure) {
      this.#broken(codeOf(failure, "module.trapped"));
      return [];
    }
  }

  // What stops working is loaded anew; meanwhile the fields are closed, and keep what was typed.
  #broken(code: PrivacyErrorCode): void {
    if (!isUnavailable(code)) return;
    this.#payment = undefined;
    this.#told.broken(code);
  }

  /** Tells what may be known of the card outside, when it has changed. */
  #tell(): void {
    if (this.#payment === undefined) return;
    const problems = this.#judge();
    const stateOf = (name: CardField): FieldState => {
      if (this.#fields.input(name).value === "") return "empty";
      return problems.some(({ field }) => field === name) ? "invalid" : "valid";
    };
    const fields = { number: stateOf("number"), expiry: stateOf("expiry"), code: stateOf("code"), name: stateOf("name") };
    const number = fields.number === "valid" ? this.#fields.input("number").value : null;
    const state: CardState = {
      brand: this.#network,
      bin: number === null ? null : bin(number),
      lastFour: number === null ? null : number.replace(/\D/g, "").slice(-4),
      codeLength: this.#fields.codeLength,
      fields,
    };
    const text = JSON.stringify(state);
    if (text === this.#last) return;
    this.#last = text;
    this.#told.changed(state);
  }

  #recognise(brand: string | null, codeLength: number): void {
    this.#fields.setCodeLength(codeLength, this.#words);
    if (brand === this.#brand) return;
    this.#brand = brand;
    this.#drawMarks();
    if (brand !== null) this.#live.textContent = fill(this.#words.recognised, { brand: brandNames[brand] ?? brand });
  }

  /** The network that takes the payment: the one chosen, where the card has two. */
  get #network(): string | null {
    return this.#choice.network ?? this.#brand;
  }

  #drawMarks(): void {
    this.#brands.show(this.#accepted, this.#network, this.#words.brands);
  }
}

/** The first six digits, which name the issuer (ISO/IEC 7812-1) and may be shown (PCI DSS 3.4.1). */
function bin(number: string): string {
  return number.replace(/\D/g, "").slice(0, 6);
}
