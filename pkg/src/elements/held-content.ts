import { findGate, type Gate } from "../gate.js";
import sheet from "../styles/held-content.css.js";
import theme from "../styles/theme.css.js";
import { Base, define } from "./shared/base.js";
import { make } from "./shared/dom.js";
import { adopt } from "./shared/sheets.js";
import { fill, languageAt, listText } from "./shared/words.js";
import { bannerEnglish, type ConsentBannerWords } from "./shared/words-consent.js";

export type { ConsentBannerWords } from "./shared/words-consent.js";

/**
 * Stands in for held content: says where a frame within it comes from and what it waits for, and a press allows that and shows it.
 *
 * @summary A placeholder for what waits for consent.
 * @tag sp-held-content
 *
 * @attr {string} names - What the purposes are called, as the visitor reads it; their ids where left out.
 * @attr {boolean} unreviewed - Lets it speak languages whose words no native speaker has reviewed.
 * @attr {boolean} held - Set by the element: the content is held.
 *
 * @slot - The frame, marked with `data-purpose` and `data-src`.
 *
 * @csspart notice - The placeholder.
 * @csspart text - What it says.
 * @csspart show - The button that allows and shows.
 */
export class HeldContentElement extends Base {
  #words: ConsentBannerWords = bannerEnglish;
  #unsubscribe: (() => void) | undefined;
  readonly #text = make("p", { part: "text", class: "text" });
  readonly #show = make("button", { part: "show", class: "button", type: "button" });
  readonly #notice = make("div", { part: "notice", class: "notice", hidden: true }, this.#text, this.#show);

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    adopt(root, [theme, sheet]);
    root.append(this.#notice, make("slot"));
    this.#show.addEventListener("click", () => this.#allow());
  }

  /** The texts; set some or all of them for another language. */
  get words(): ConsentBannerWords {
    return this.#words;
  }

  set words(words: Partial<ConsentBannerWords>) {
    this.#words = { ...bannerEnglish, ...words };
    this.#draw();
  }

  /** Part of the custom element's life: shows what is held. */
  connectedCallback(): void {
    this.#unsubscribe ??= findGate()?.subscribe(() => this.#draw());
    this.#draw();
    const language = languageAt(this);
    if (this.#words === bannerEnglish && !/^en\b/i.test(language)) void this.#speak(language);
  }

  /** Part of the custom element's life: stops listening. */
  disconnectedCallback(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  async #speak(language: string): Promise<void> {
    try {
      const { bannerWords } = await import("../lib/banner-languages.js");
      const words = await bannerWords(language, this.hasAttribute("unreviewed"));
      if (words !== null && this.#words === bannerEnglish) this.words = words;
    } catch {
      // Without the file it is English, as without the language.
    }
  }

  #purposes(): string[] {
    return (this.querySelector("[data-purpose]")?.getAttribute("data-purpose") ?? "").split(/\s+/).filter(Boolean);
  }

  #draw(): void {
    const gate: Gate | undefined = findGate();
    const purposes = this.#purposes();
    const held = purposes.length > 0 && !purposes.every((purpose) => gate?.allows(purpose));
    this.toggleAttribute("held", held);
    this.#notice.hidden = !held;
    if (!held) return;
    const address = this.querySelector("[data-src]")?.getAttribute("data-src") ?? "";
    const origin = URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI).host : address;
    const names = this.getAttribute("names") ?? listText(purposes, languageAt(this));
    this.#text.textContent = fill(this.#words.held, { origin, names });
    this.#show.textContent = this.#words.show;
    // Without a gate nobody could let it go: the notice says so by having no button.
    this.#show.hidden = gate === undefined;
  }

  #allow(): void {
    const gate = findGate();
    if (gate === undefined) return;
    const held = this.#purposes();
    gate.decide(gate.purposes.filter((purpose) => gate.allows(purpose) || held.includes(purpose)));
    // The button is gone: what it has shown takes the focus.
    this.querySelector<HTMLElement>("iframe, video, audio")?.focus();
  }
}

define("sp-held-content", HeldContentElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-held-content": HeldContentElement;
  }
}
