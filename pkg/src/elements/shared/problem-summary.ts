import type { CardField } from "../../verbs/payment.js";
import { make } from "./dom.js";

/** What is said of one field. */
export interface SaidProblem {
  /** Which field. */
  readonly field: CardField;
  /** What is wrong with it, in words. */
  readonly text: string;
}

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

  /** Lists the problems; none hides the list. */
  show(problems: readonly SaidProblem[], lead: (field: CardField) => void): void {
    const items = problems.map(({ field, text }) => {
      const link = make("a", { href: `#card-${field}` }, text);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        lead(field);
      });
      return make("li", {}, link);
    });
    this.#list.replaceChildren(...items);
    this.node.hidden = items.length === 0;
  }

  /** Writes the heading anew. */
  write(heading: string): void {
    this.#heading.textContent = heading;
  }
}
