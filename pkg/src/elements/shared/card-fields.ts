import type { Card, CardField } from "../../verbs/payment.js";
import { make, setOptional, toggleIdReference, uniqueId } from "./dom.js";
import type { PaymentFormWords } from "./words-payment-form.js";
import { fill } from "./words.js";

/** The fields of a card in the order in which they are filled in. */
export const CARD_FIELDS: readonly CardField[] = ["number", "expiry", "code", "name"];

const AUTOFILL: Readonly<Record<CardField, string>> = { number: "cc-number", expiry: "cc-exp", code: "cc-csc", name: "cc-name" };

interface Field {
  readonly input: HTMLInputElement;
  readonly problem: HTMLElement;
  readonly label: HTMLElement | null;
  readonly hint: HTMLElement | null;
}

/**
 * The inputs of a card form. They are in the page's own tree, where autofill and password managers look, and none has a name: what
 * is typed into them can leave the page in no other way than sealed.
 */
export class CardFields {
  readonly #host: HTMLElement;
  readonly #fields = new Map<CardField, Field>();
  #codeLength = 3;

  /** Finds the inputs among the host's children, and builds those that are missing. */
  constructor(host: HTMLElement) {
    this.#host = host;
    for (const name of CARD_FIELDS) {
      const found = host.querySelector<HTMLInputElement>(`input[data-card="${name}"]`);
      this.#fields.set(name, found === null ? this.#build(name) : this.#adopt(name, found));
    }
  }

  /** Which field an input is; `null` when it is none. */
  fieldOf(target: EventTarget | null): CardField | null {
    for (const [name, { input }] of this.#fields) if (input === target) return name;
    return null;
  }

  /** The input of a field. */
  input(name: CardField): HTMLInputElement {
    return this.#field(name).input;
  }

  /** Whether a field was built here, rather than found in the shop's markup. */
  built(name: CardField): boolean {
    return this.#field(name).label !== null;
  }

  /** What is typed. */
  read(): Card {
    return { number: this.input("number").value, expiry: this.input("expiry").value, code: this.input("code").value, name: this.input("name").value.trim() };
  }

  /** Opens or closes the inputs. */
  enable(open: boolean): void {
    for (const { input } of this.#fields.values()) input.disabled = !open;
  }

  /** Forgets the security code, which must not outlive the attempt it was typed for (PCI DSS 3.3.1). */
  forgetCode(): void {
    this.input("code").value = "";
  }

  /** Empties every field, and takes away what is said of it. */
  clear(): void {
    for (const [name, { input }] of this.#fields) {
      input.value = "";
      this.complain(name, null);
    }
  }

  /** How many digits the security code of the card's brand has. */
  get codeLength(): number {
    return this.#codeLength;
  }

  /** Says how many digits the security code of the card's brand has. */
  setCodeLength(length: number, words: PaymentFormWords): void {
    this.#codeLength = length;
    const { input, hint } = this.#field("code");
    input.maxLength = length;
    if (hint !== null) hint.textContent = fill(words.code.hint, { length });
  }

  /** Keeps the digits of a security code. */
  tidyCode(): void {
    const { input } = this.#field("code");
    const digits = input.value.replace(/\D/g, "").slice(0, this.#codeLength);
    if (digits !== input.value) input.value = digits;
  }

  /** Shows what is wrong with a field; `null` shows that nothing is. */
  complain(name: CardField, text: string | null): void {
    const { input, problem } = this.#field(name);
    if (problem.hidden && text === null) return;
    problem.textContent = text ?? "";
    problem.hidden = text === null;
    setOptional(input, "aria-invalid", text === null ? null : "true");
    toggleIdReference(input, "aria-describedby", problem.id, text !== null);
  }

  /** Whether a field shows a problem. */
  complains(name: CardField): boolean {
    return !this.#field(name).problem.hidden;
  }

  /** What is said of a code; the length of the security code is filled in. */
  say(code: string, words: PaymentFormWords): string {
    return fill(words.problems[code] ?? words.otherwise, { length: this.#codeLength });
  }

  /** Writes the texts of what was built here; labels in the shop's markup are the shop's. */
  write(words: PaymentFormWords): void {
    for (const name of CARD_FIELDS) {
      const { label, hint } = this.#field(name);
      if (label !== null) label.textContent = words[name].label;
      if (hint !== null) hint.textContent = fill(words[name].hint, { length: this.#codeLength });
      if (hint !== null) hint.hidden = words[name].hint === "";
    }
  }

  #field(name: CardField): Field {
    const field = this.#fields.get(name);
    if (field === undefined) throw new TypeError(`expected a field named ${name}`);
    return field;
  }

  #build(name: CardField): Field {
    const input = make("input", { slot: `${name}-input`, "data-card": name, disabled: true });
    const label = make("label", { slot: `${name}-label` });
    const hint = make("p", { slot: `${name}-hint`, "data-card-hint": name, id: uniqueId(`card-${name}-hint`) });
    const problem = make("p", { slot: `${name}-problem`, "data-card-problem": name, id: uniqueId(`card-${name}-problem`), hidden: true });
    this.#prepare(name, input);
    label.htmlFor = input.id;
    if (name === "expiry" || name === "code") toggleIdReference(input, "aria-describedby", hint.id, true);
    this.#host.append(label, input, hint, problem);
    return { input, problem, label, hint };
  }

  #adopt(name: CardField, input: HTMLInputElement): Field {
    const problem = make("p", { "data-card-problem": name, id: uniqueId(`card-${name}-problem`), hidden: true });
    this.#prepare(name, input);
    // Beside the input, or beside the label around it: a problem inside the label would become part of the input's name.
    (input.closest("label") ?? input).after(problem);
    return { input, problem, label: null, hint: null };
  }

  #prepare(name: CardField, input: HTMLInputElement): void {
    if (input.id === "") input.id = uniqueId(`card-${name}`);
    input.removeAttribute("name");
    // The browser's own bubble would speak before our list of problems does.
    input.removeAttribute("required");
    input.setAttribute("aria-required", "true");
    input.setAttribute("autocomplete", input.getAttribute("autocomplete") ?? AUTOFILL[name]);
    input.setAttribute("spellcheck", "false");
    input.setAttribute("autocorrect", "off");
    if (name === "name") {
      input.setAttribute("autocapitalize", "words");
      input.maxLength = 64;
    } else {
      input.setAttribute("inputmode", "numeric");
      input.setAttribute("autocapitalize", "off");
    }
    // Card numbers and dates read from left to right in every language.
    if (name !== "name") input.dir = "ltr";
  }
}

/** Sets an input's text and puts the caret back where it belongs; the focus is not taken. */
export function putText(input: HTMLInputElement, text: string, caret: number): void {
  if (input.value === text) return;
  input.value = text;
  if (input.matches(":focus")) input.setSelectionRange(caret, caret);
}
