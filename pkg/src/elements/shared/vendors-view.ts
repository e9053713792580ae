import type { VendorChoice } from "../../lib/vendor-choice.js";
import sheet from "../../styles/vendors.css.js";
import { make } from "./dom.js";
import { LongList } from "./long-list.js";
import { adopt } from "./sheets.js";
import { counts, stacksFor, type StandardText, type Vendor, type VendorFacts } from "./vendor-facts.js";
import { drawVendor } from "./vendor-row.js";
import { vendorsEnglish, type VendorsWords } from "./words-vendors.js";
import { fill } from "./words.js";

/** What the view is made of. */
export interface VendorsOptions {
  /** The list. */
  readonly facts: VendorFacts;
  /** The TCF purposes that the shop's own purposes stand for. */
  readonly purposes: readonly number[];
  /** The special features that they stand for. */
  readonly specialFeatures: readonly number[];
  /** The texts; what is missing is English. */
  readonly words: Partial<VendorsWords>;
  /** The language of numbers and durations. */
  readonly language: string;
}

/** The partners in the settings: a search, one choice for all, and every single one with its facts. */
export class VendorsView {
  /** The whole view. */
  readonly section: HTMLElement;
  readonly #options: VendorsOptions;
  readonly #words: VendorsWords;
  readonly #list: LongList<Vendor>;
  readonly #search: HTMLInputElement;
  readonly #status: HTMLElement;
  readonly #open = new Set<number>();
  #consents = new Set<number>();
  #interests = new Set<number>();

  constructor(root: ShadowRoot, options: VendorsOptions) {
    adopt(root, [sheet]);
    this.#options = options;
    this.#words = { ...vendorsEnglish, ...options.words };
    const words = this.#words;
    const { facts, language } = options;
    const count = facts.vendors.length.toLocaleString(language);
    const title = fill(words.title, { count });
    const box = make("div", { class: "vendors", part: "vendors", role: "list", "aria-label": title });
    this.#search = make("input", { class: "search", part: "search", type: "search", autocomplete: "off", spellcheck: "false" });
    this.#status = make("p", { class: "found muted", role: "status" });
    const accept = make("button", { part: "accept-partners", type: "button", value: "accept" }, words.acceptAll);
    const reject = make("button", { part: "reject-partners", type: "button", value: "reject" }, words.rejectAll);
    this.section = make(
      "section",
      { class: "partners", part: "partners", "aria-label": title },
      make("h2", { class: "partners-title", part: "partners-title" }, title),
      make("p", { class: "about" }, words.about),
      this.#drawMeanings(),
      make("div", { class: "actions" }, accept, reject),
      make("label", { class: "search-label" }, words.search, this.#search),
      this.#status,
      box,
    );
    this.#list = new LongList<Vendor>(box, (vendor) => {
      const { id } = vendor;
      const state = { open: this.#open.has(id), consent: this.#consents.has(id), interest: this.#interests.has(id) };
      return drawVendor(vendor, facts, state, words, language);
    });
    accept.addEventListener("click", () => this.#decideAll(true, words.accepted));
    reject.addEventListener("click", () => this.#decideAll(false, words.rejected));
    this.#search.addEventListener("input", () => this.#find());
    // Enter in a search field would send the form around it.
    this.#search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    box.addEventListener("click", this.#clicked);
    box.addEventListener("change", this.#changed);
    this.#list.show(facts.vendors);
  }

  /** What is ticked, under a version of the policy. */
  choice(policy: string): VendorChoice {
    const { version, vendors } = this.#options.facts;
    const ids = (all: Iterable<number>): number[] => [...all].sort((a, b) => a - b);
    const disclosed = ids(vendors.map(({ id }) => id));
    return { v: 1, policy, list: version, disclosed, consents: ids(this.#consents), legitimateInterests: ids(this.#interests) };
  }

  /** Ticks what was decided before; without such a choice, all or nothing. */
  decided(choice: VendorChoice | null, otherwise: { readonly consent: boolean; readonly interest: boolean }): void {
    const { vendors } = this.#options.facts;
    const listed = new Set(vendors.map(({ id }) => id));
    const known = (ids: readonly number[]): Set<number> => new Set(ids.filter((id) => listed.has(id)));
    const all = (asks: (vendor: Vendor) => boolean): Set<number> => new Set(vendors.filter(asks).map(({ id }) => id));
    this.#consents = choice ? known(choice.consents) : otherwise.consent ? all(asksConsent) : new Set();
    this.#interests = choice ? known(choice.legitimateInterests) : otherwise.interest ? all(claimsInterest) : new Set();
    this.#list.refresh();
  }

  #decideAll(granted: boolean, said: string): void {
    this.decided(null, { consent: granted, interest: granted });
    this.#status.textContent = said;
  }

  #find(): void {
    const { facts, language } = this.#options;
    const wanted = plain(this.#search.value.trim());
    const found = facts.vendors.filter(({ name }) => plain(name).includes(wanted));
    this.#list.show(found);
    const figures = { shown: found.length.toLocaleString(language), count: facts.vendors.length.toLocaleString(language) };
    this.#status.textContent = found.length === 0 ? this.#words.none : fill(this.#words.found, figures);
  }

  readonly #clicked = (event: Event): void => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button.vendor-name") : null;
    if (button === null) return;
    const id = Number(button.value);
    if (!this.#open.delete(id)) this.#open.add(id);
    const vendor = this.#options.facts.vendors.find((each) => each.id === id);
    if (vendor === undefined) return;
    this.#list.redraw(vendor);
    this.#list.box.querySelector<HTMLButtonElement>(`button.vendor-name[value="${id}"]`)?.focus({ preventScroll: true });
  };

  readonly #changed = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const { name, value, checked } = event.target;
    const chosen = name === "consent" ? this.#consents : this.#interests;
    if (checked) chosen.add(Number(value));
    else chosen.delete(Number(value));
  };

  #drawMeanings(): HTMLElement {
    const { facts, purposes, specialFeatures } = this.#options;
    const texts = (kind: keyof VendorFacts["texts"], ids: readonly number[]): StandardText[] => ids.flatMap((id) => facts.texts[kind].get(id) ?? []);
    const declared = (member: string): number[] => [...new Set(facts.vendors.flatMap((vendor) => counts(vendor.declared[member])))].sort((a, b) => a - b);
    const all = [
      ...stacksFor(facts, purposes, specialFeatures),
      ...texts("purposes", purposes),
      ...texts("specialFeatures", specialFeatures),
      ...texts("specialPurposes", declared("specialPurposes")),
      ...texts("features", declared("features")),
    ];
    const drawn = all.map(({ name, description, illustrations }) =>
      make("div", { class: "meaning" }, make("h3", {}, name), make("p", { class: "text" }, description), make("ul", {}, ...illustrations.map((each) => make("li", {}, each)))),
    );
    return make("details", { class: "meanings", part: "meanings" }, make("summary", {}, this.#words.meanings), ...drawn);
  }
}

function asksConsent({ purposes, declared }: Vendor): boolean {
  return purposes.length > 0 || counts(declared["specialFeatures"]).length > 0;
}

function claimsInterest({ interests }: Vendor): boolean {
  return interests.length > 0;
}

/** A text as a search compares it: without case and accents. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
