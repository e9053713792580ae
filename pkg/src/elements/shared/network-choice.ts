import { brandNames } from "./brand-names.js";
import { cardMark } from "./card-marks.js";
import { make } from "./dom.js";

/** Which of a card's networks is to take the payment: the shopper's choice (Regulation (EU) 2015/751, article 8), the first until they choose. */
export class NetworkChoice {
  readonly #legend = make("legend");
  readonly #options = make("div", { class: "networks" });
  /** The group of choices; hidden where there is only one. */
  readonly node: HTMLElement = make("fieldset", { part: "choice", class: "choice", hidden: true }, this.#legend, this.#options);
  #networks: readonly string[] = [];
  #chosen: string | null = null;

  /** Calls back when the shopper chooses. */
  constructor(chosen: () => void) {
    this.#options.addEventListener("change", (event) => {
      if (!(event.target instanceof HTMLInputElement)) return;
      this.#chosen = event.target.value;
      chosen();
    });
  }

  /** The network that takes the payment; `null` where there is nothing to choose. */
  get network(): string | null {
    return this.#networks.length > 1 ? (this.#chosen ?? this.#networks[0] ?? null) : null;
  }

  /** Writes the question. */
  write(question: string): void {
    this.#legend.textContent = question;
  }

  /** Opens or closes the choice. */
  enable(open: boolean): void {
    (this.node as HTMLFieldSetElement).disabled = !open;
  }

  /** Offers other networks. */
  offer(networks: readonly string[]): void {
    if (networks.join() === this.#networks.join()) return;
    this.#networks = networks;
    if (this.#chosen !== null && !networks.includes(this.#chosen)) this.#chosen = null;
    this.node.hidden = networks.length < 2;
    const { network } = this;
    this.#options.replaceChildren(
      ...networks.map((each) => {
        const radio = make("input", { type: "radio", name: "network", value: each });
        radio.checked = each === network;
        const mark = cardMark(each, true);
        return make("label", { class: "network" }, radio, mark, make("span", {}, brandNames[each] ?? each));
      }),
    );
  }
}
