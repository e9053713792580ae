import { load } from "../../payment.js";
import sheet from "../../styles/payment-card.css.js";
import type { CardField, FieldProblem, Order, Payment } from "../../verbs/payment.js";
import type { CardDesk, CardDress, CardListener, SealedCard } from "./card-desk.js";
import { CardView } from "./card-view.js";
import { adopt } from "./sheets.js";

/** Card fields in the page itself: every script on the page can read the card. */
export class InlineCard implements CardDesk {
  readonly #view: CardView;
  readonly #source: string | undefined;
  #payment: Payment | undefined;

  /** Takes the inputs among the host's children, or builds them there. */
  constructor(host: HTMLElement, root: ShadowRoot, place: HTMLElement, dress: CardDress, source: string | undefined, told: CardListener) {
    this.#source = source;
    adopt(root, [sheet]);
    this.#view = new CardView(host, dress, told);
    place.replaceChildren(this.#view.node);
  }

  async prepare(): Promise<void> {
    this.#payment = await load(this.#source);
    this.#view.use(this.#payment);
  }

  dress(dress: CardDress): void {
    this.#view.dress(dress);
  }

  enable(open: boolean): void {
    this.#view.enable(open);
  }

  focus(field: CardField): void {
    this.#view.focus(field);
  }

  check(): Promise<readonly FieldProblem[]> {
    return Promise.resolve(this.#view.check());
  }

  async trust(manifest: string, merchant: string): Promise<void> {
    const keys = this.#payment?.trust(manifest, { merchant });
    if (keys === undefined) throw new TypeError("expected the module to be there");
    this.#payment?.keyOf(keys);
    this.#view.trust(keys);
  }

  seal(order: Order): Promise<SealedCard> {
    return this.#view.seal(order);
  }

  forget(): void {
    this.#view.forget();
  }

  reset(): void {
    this.#view.reset();
  }

  close(): void {
    this.#view.forget();
  }
}
