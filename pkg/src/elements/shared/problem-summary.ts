import type { FieldProblem } from "../../payment.js";
import { CARD_FIELDS, type CardFields } from "./card-fields.js";
import { make } from "./dom.js";
import type { PaymentFormWords } from "./words-payment-form.js";

/** The list of what is wrong with a card, whose links lead to the fields. */
export class ProblemSummary {
  readonly #heading = make("p", { id: "summary", class: "summary-heading" });
  readonly #list = make("ul");
  /** The list with its heading. */
  readonly node: HTMLElement = make(
    "div",
    { part: "summary", class: "summary", role: "group", "aria-labelledby": "summary", hidden: true },
    this.#heading,
    this.#list,
  );

  /** Says each problem at its field and in the list, and takes away what is said no more. */
  show(problems: readonly FieldProblem[], fields: CardFields, words: PaymentFormWords): void {
    for (const name of CARD_FIELDS) {
      const problem = problems.find((each) => each.field === name);
      fields.complain(name, problem === undefined ? null : fields.say(problem.code, words));
    }
    const items = problems.map(({ field, code }) => {
      const input = fields.input(field);
      const link = make("a", { href: `#${input.id}` }, fields.say(code, words));
      link.addEventListener("click", (event) => {
        event.preventDefault();
        input.focus();
      });
      return make("li", {}, link);
    });
    this.#list.replaceChildren(...items);
    this.node.hidden = items.length === 0;
    this.write(words);
  }

  /** Writes the heading anew. */
  write(words: PaymentFormWords): void {
    this.#heading.textContent = words.summary;
  }
}
