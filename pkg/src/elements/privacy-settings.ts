import type { Consent, Policy } from "../consent.js";
import { gate as requireGate, type Gate } from "../gate.js";
import { PrivacyError } from "../lib/error.js";
import sheet from "../styles/privacy-settings.css.js";
import theme from "../styles/theme.css.js";
import { codeOf, define, StorefrontElement, type ElementState } from "./shared/base.js";
import { make } from "./shared/dom.js";
import { ConsentDecidedEvent } from "./shared/events-consent.js";
import { flushRecords, postRecord } from "./shared/records.js";
import type { OpenVendors } from "./shared/partners.js";
import { drawNotes } from "./shared/settings/notes-view.js";
import type { RecordsView } from "./shared/settings/records-view.js";
import type { RightsView } from "./shared/settings/rights-view.js";
import { isObject, request } from "./shared/requests.js";
import { drawPurpose } from "./shared/settings-view.js";
import type { PrivacySettingsWords } from "./shared/words-consent.js";
import { settingsEnglish } from "./shared/words-settings.js";
import { dateText, fill, languageAt, listText } from "./shared/words.js";

export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export { ConsentDecidedEvent, type ConsentDecidedDetail } from "./shared/events-consent.js";
export type { PrivacySettingsWords } from "./shared/words-consent.js";

/**
 * Shows what a visitor has decided and when, what each purpose means in plain facts, and lets them change or withdraw it.
 *
 * It loads when it comes near the screen. Withdrawing takes one press, as granting did.
 *
 * @summary Privacy settings.
 * @tag sp-privacy-settings
 *
 * @attr {string} policy - The address of the policy file.
 * @attr {string} record - Where the record of a grant is posted; absent when the shop keeps none.
 * @attr {string} receipts - Where receipts are posted, see `storefront-privacy/receipts`; absent when the shop keeps none.
 * @attr {string} requests - Where requests about a shopper's data are posted; absent when the shop takes none here.
 * @attr {string} clear - Where the shop deletes cookies that script cannot see, see `storefront-privacy/clear`.
 * @attr {string} region - The visitor's country, or country and subdivision, where the shop knows it.
 * @attr {boolean} unreviewed - Lets the settings speak languages whose words no native speaker has reviewed.
 * @attr {string} src - The address of the wasm module, when it is not beside the script.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where it stands.
 *
 * @slot unavailable - Shown when the element cannot work, and where script is off.
 *
 * @event {ConsentDecidedEvent} sp-consent-decided - The visitor has decided.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @csspart standing - What is decided, and since when.
 * @csspart notes - What bears on the decision.
 * @csspart signal - Said where the browser asks for privacy: that is honoured.
 * @csspart conflict - Said where that contradicts what was allowed.
 * @csspart changes - What has changed in the policy since the visitor last chose.
 * @csspart outcome - What withdrawing has deleted, and what it could not.
 * @csspart cleared - What it has deleted.
 * @csspart left - What it could not.
 * @csspart elsewhere - Who may keep something out of reach.
 * @csspart running - Whose code ends with the page.
 * @csspart reload - The button that loads the page anew.
 * @csspart heading - The heading of a section below.
 * @csspart history-list - What was decided.
 * @csspart forget - The button that forgets it.
 * @csspart receipts-list - The receipts.
 * @csspart download - The button that downloads them.
 * @csspart check - The button that checks a file of them.
 * @csspart erase - The button that deletes them.
 * @csspart verdict - What a file is worth.
 * @csspart request - The form of a request about data.
 * @csspart requests-list - The requests that were made.
 * @csspart purposes - The purposes.
 * @csspart legend - Their heading.
 * @csspart purpose - One purpose.
 * @csspart toggle - A purpose's box.
 * @csspart name - A purpose's name.
 * @csspart state - Said of an essential purpose.
 * @csspart about - A purpose's description.
 * @csspart basis - Why data is used.
 * @csspart details - The facts behind a purpose.
 * @csspart service - One service in them.
 * @csspart partners - The partners, where the policy turns the IAB's framework on.
 * @csspart partners-title - Their heading.
 * @csspart partners-missing - Said when their list cannot be had.
 * @csspart partners-again - The button that tries again.
 * @csspart meanings - The standard texts.
 * @csspart accept-partners - The button that ticks all of them.
 * @csspart reject-partners - The button that unticks all of them.
 * @csspart search - The search field.
 * @csspart vendors - The list.
 * @csspart vendor - One partner.
 * @csspart vendor-name - Its name, which opens its facts.
 * @csspart vendor-choice - A box of it.
 * @csspart vendor-facts - Its facts.
 * @csspart save - The button that keeps what is ticked.
 * @csspart withdraw - The button that takes everything back.
 * @csspart responsible - Who is responsible, and where to write.
 *
 * @cssproperty --sp-accent - The colour of the saving button and of boxes.
 * @cssproperty --sp-on-accent - The colour of text on that button.
 * @cssproperty --sp-text - The colour of text.
 * @cssproperty --sp-muted - The colour of secondary text.
 * @cssproperty --sp-border - The colour of borders of controls.
 * @cssproperty --sp-hairline - The colour of lines.
 * @cssproperty --sp-radius - The corner of boxes and buttons.
 * @cssproperty --sp-gap - The space between things.
 * @cssproperty --sp-focus - The colour of the focus ring.
 * @cssproperty --sp-font - The font family.
 */
export class PrivacySettingsElement extends StorefrontElement<"consent"> {
  protected override readonly capability = "consent";

  #words: PrivacySettingsWords = settingsEnglish;
  #spoken: string | null = null;
  #gate: Gate | undefined;
  #consent: Consent | undefined;
  #policy: Policy | undefined;
  #changes: readonly string[] = [];
  #unsubscribe: (() => void) | undefined;
  #near: IntersectionObserver | undefined;
  #openedSince = 0;
  #vendors: OpenVendors | undefined;
  #records: RecordsView | undefined;
  #rights: RightsView | undefined;

  readonly #standing = make("p", { part: "standing", class: "standing" });
  readonly #notes = make("div", { part: "notes", class: "notes" });
  readonly #outcome = make("div", { part: "outcome", class: "outcome", role: "status" });
  readonly #more = make("div", { class: "more" });
  readonly #legend = make("legend", { part: "legend", class: "legend" });
  readonly #purposes = make("fieldset", { part: "purposes", class: "purposes" }, this.#legend);
  readonly #save = make("button", { part: "save", class: "primary", type: "submit" });
  readonly #withdraw = make("button", { part: "withdraw", type: "button" });
  readonly #actions = make("div", { class: "actions" }, this.#save, this.#withdraw);
  readonly #responsible = make("p", { part: "responsible", class: "responsible" });
  readonly #partners = make("div", { class: "partners-place", hidden: true });
  readonly #missing = make("p", { part: "partners-missing", class: "muted" });
  readonly #again = make("button", { part: "partners-again", type: "button" });
  readonly #form = make("form", { hidden: true }, this.#standing, this.#notes, this.#purposes, this.#partners, this.#actions, this.#outcome, this.#responsible);
  readonly #content = make("div", { class: "content" });
  readonly #live = make("div", { class: "spoken", role: "status" });

  constructor() {
    super(theme, sheet);
  }

  /** The texts; set some or all of them for another language. */
  get words(): PrivacySettingsWords {
    return this.#words;
  }

  set words(words: Partial<PrivacySettingsWords>) {
    this.#words = { ...settingsEnglish, ...words };
    this.#spoken = null;
    this.#draw();
  }

  /** Part of the custom element's life: loads when it comes near the screen. */
  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#gate !== undefined) this.#follow(this.#gate);
    this.#near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#near?.disconnect();
        this.start();
      },
      { rootMargin: "50%" },
    );
    this.#near.observe(this);
  }

  /** Part of the custom element's life: stops listening. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#near?.disconnect();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  protected override render(): void {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#decide(this.#ticked(), false);
    });
    this.#withdraw.addEventListener("click", () => this.#decide([], true));
    // An element without a box of its own never comes near the screen.
    this.#content.append(make("span", { class: "spoken" }), this.#form, this.#more);
    this.root.append(this.#content, this.#live, make("slot", { name: "unavailable" }));
  }

  protected override async prepare(): Promise<void> {
    const gate = requireGate();
    const source = this.getAttribute("src");
    const since = performance.now();
    const { load } = await import("../consent.js");
    const [consent, found] = await Promise.all([load(source ?? undefined), request("GET", this.getAttribute("policy") ?? "/privacy.json"), this.#speak()]);
    try {
      const policy = consent.policy(isObject(found) ? found : {});
      if (policy.version !== gate.policy) {
        throw new PrivacyError("consent.policy-invalid", `expected version ${gate.policy} of the policy, as in the gate, found ${policy.version}`);
      }
      this.#consent = consent;
      this.#policy = policy;
      this.#changes = isObject(found) && Array.isArray(found["changes"]) ? found["changes"].map(String) : [];
      this.step("policy", "ok", since);
      // What is not there for every shop loads for those alone; the settings do not wait for it.
      if (isObject(found) && isObject(found["tcf"])) void this.#showPartners(found);
    } catch (failure) {
      this.step("policy", "failed", since, codeOf(failure, "consent.policy-invalid"));
      throw failure;
    }
    this.#gate = gate;
    this.#openedSince = performance.now();
    this.#follow(gate);
    this.#draw();
    void this.#showMore();
  }

  /** Takes our words of the page's language, unless the shop has set its own. */
  async #speak(): Promise<void> {
    const language = languageAt(this);
    if (this.#words !== settingsEnglish || /^en\b/i.test(language)) return;
    try {
      const { settingsWords } = await import("../lib/settings-languages.js");
      const words = await settingsWords(language, this.hasAttribute("unreviewed"));
      if (words === null || this.#words !== settingsEnglish) return;
      this.#words = words;
      this.#spoken = words.language;
    } catch {
      // Without the file it is English, as without the language.
    }
  }

  /** What its texts are in: dates and lists are written in it too. */
  #language(): string {
    const page = languageAt(this);
    const own = this.#words === settingsEnglish ? "en" : this.#spoken;
    const base = (tag: string): string | undefined => tag.toLowerCase().split("-")[0];
    return own === null || base(own) === base(page) ? page : own;
  }

  protected override stateChanged(state: ElementState): void {
    this.#form.hidden = state !== "ready";
    this.#more.hidden = state !== "ready";
    if (state === "ready") {
      this.step("show", "ok", this.#openedSince);
      void flushRecords();
    }
  }

  /** Without the list the purposes are all there is to decide, and go for every partner. `again`: the shopper has asked for it. */
  async #showPartners(policy: Readonly<Record<string, unknown>>, again = false): Promise<void> {
    const since = performance.now();
    try {
      const { openVendors } = await import("./shared/partners.js");
      this.#vendors = await openVendors(this.root, policy, this.#words.partners ?? {}, languageAt(this));
      this.#partners.replaceChildren(this.#vendors.section);
      this.#refresh();
      this.step("vendors", "ok", since);
      if (again) this.#vendors.section.querySelector("input")?.focus();
    } catch (failure) {
      this.#partners.replaceChildren(this.#missing, this.#again);
      this.#again.onclick = () => void this.#showPartners(policy, true);
      if (again) this.#live.textContent = this.#words.partnersMissing;
      this.step("vendors", "failed", since, codeOf(failure, "vendor-list.invalid"));
    }
    this.#partners.hidden = false;
  }

  /** What is further down loads after what is decided first, and not at all where the shop has none of it. */
  async #showMore(): Promise<void> {
    const gate = this.#gate;
    const policy = this.#policy;
    if (gate === undefined || policy === undefined || this.#records !== undefined) return;
    const attribute = (name: string): string | null => this.getAttribute(name);
    const announce = (text: string): void => void (this.#live.textContent = text);
    const language = this.#language();
    const since = performance.now();
    try {
      const { RecordsView } = await import("./shared/settings/records-view.js");
      const sources = { url: attribute("receipts"), policyUrl: attribute("policy") ?? "/privacy.json", src: attribute("receipts-src"), region: attribute("region") };
      this.#records = new RecordsView(this, policy, sources, language, announce);
      this.#more.append(this.#records.section);
      this.#records.draw(this.#words.records ?? {}, language);
      void this.#records.follow(gate.decision);
      const url = attribute("requests");
      if (url !== null && url !== "") {
        const { RightsView } = await import("./shared/settings/rights-view.js");
        const optOut = (): void => this.#decide([], true);
        this.#rights = new RightsView(this, { url, region: attribute("region"), announce, optOut });
        this.#more.append(this.#rights.section);
        this.#rights.draw(this.#words.rights ?? {}, language);
      }
      this.step("history", "ok", since);
    } catch (failure) {
      // What is decided does not depend on what is shown below it.
      this.step("history", "failed", since, codeOf(failure, "load.missing"));
    }
  }

  /** Deletes what the services keep that are not allowed any more, and says how that went. */
  async #clear(policy: Policy, gate: Gate): Promise<void> {
    const since = performance.now();
    const endpoint = this.getAttribute("clear");
    try {
      const [{ clearServices }, { drawCleared }, { recordEnglish }] = await Promise.all([
        import("../clear.js"),
        import("./shared/settings/cleared-view.js"),
        import("./shared/words-settings-more.js"),
      ]);
      const report = await clearServices(policy, (purpose) => gate.allows(purpose), endpoint === null ? {} : { endpoint });
      this.#outcome.replaceChildren(...drawCleared(report, { ...recordEnglish, ...this.#words.records }, this.#words, this.#language()));
      this.step("clear", report.left.length === 0 ? "ok" : "failed", since);
    } catch (failure) {
      this.step("clear", "failed", since, codeOf(failure, "load.missing"));
    }
  }

  #follow(gate: Gate): void {
    // Another tab, or the banner on this page, may decide too.
    this.#unsubscribe ??= gate.subscribe(() => this.#refresh());
    this.#refresh();
  }

  #ticked(): string[] {
    return this.#toggles().filter((toggle) => toggle.checked).map((toggle) => toggle.value);
  }

  #toggles(): HTMLInputElement[] {
    return [...this.#purposes.querySelectorAll<HTMLInputElement>("input.toggle")];
  }

  #decide(granted: readonly string[], all: boolean): void {
    const gate = this.#gate;
    const policy = this.#policy;
    if (gate === undefined || policy === undefined || this.state !== "ready") return;
    // Before the gate tells everyone: who listens reads both.
    this.#vendors?.store(gate.policy, all);
    const decision = all ? gate.withdraw() : gate.decide(granted);
    const denied = gate.purposes.filter((purpose) => !decision.granted.includes(purpose));
    this.#live.textContent = all ? this.#words.withdrawn : this.#words.saved;
    this.step(all ? "withdraw" : "decide", "ok", this.#openedSince, gate.persisted ? null : "storage.refused");
    this.dispatchEvent(new ConsentDecidedEvent({ granted: decision.granted, denied }));
    this.#outcome.replaceChildren();
    if (denied.length > 0) void this.#clear(policy, gate);
    const url = this.getAttribute("record");
    if (url === null || url === "" || decision.granted.length === 0 || this.#consent === undefined) return;
    const since = performance.now();
    try {
      const record = this.#consent.record(policy, decision, this.#language());
      postRecord(url, record).then(
        () => this.step("record", "ok", since),
        (failure: unknown) => this.step("record", "failed", since, codeOf(failure, "network.failed")),
      );
    } catch (failure) {
      this.step("record", "failed", since, codeOf(failure, "consent.record-invalid"));
    }
  }

  #draw(): void {
    const policy = this.#policy;
    const gate = this.#gate;
    if (policy === undefined || gate === undefined) return;
    const language = this.#language();
    const words = this.#words;
    for (const part of [this.#content, this.#live]) part.lang = language;
    this.#legend.textContent = words.legend;
    this.#purposes.replaceChildren(
      this.#legend,
      ...policy.purposes.map((purpose) => drawPurpose(policy, purpose, gate.allows(purpose.id), words, language)),
    );
    this.#save.textContent = words.save;
    this.#withdraw.textContent = words.withdraw;
    this.#records?.draw(words.records ?? {}, language);
    this.#rights?.draw(words.rights ?? {}, language);
    this.#missing.textContent = words.partnersMissing;
    this.#again.textContent = words.partnersAgain;
    const { name, address } = policy.controller;
    const responsible = address === null ? name : `${name}, ${address}`;
    const [before = "", after = ""] = fill(words.responsible, { name: responsible }).split("{contact}");
    const contact = policy.contact.includes("@") ? make("a", { href: `mailto:${policy.contact}` }, policy.contact) : policy.contact;
    this.#responsible.replaceChildren(before, contact, after);
    this.#refresh();
  }

  #refresh(): void {
    const gate = this.#gate;
    const policy = this.#policy;
    if (gate === undefined || policy === undefined) return;
    for (const toggle of this.#toggles()) toggle.checked = gate.allows(toggle.value);
    const { decision } = gate;
    this.#vendors?.follow(gate.policy, decision);
    void this.#records?.follow(decision);
    const words = this.#words;
    const language = this.#language();
    this.#notes.replaceChildren(...drawNotes(gate, this.#changes, policy.language, words));
    const date = decision === null ? "" : dateText(decision.at * 1_000, language);
    const granted = policy.purposes.filter((purpose) => gate.allows(purpose.id)).map((purpose) => purpose.name);
    const sentence = decision === null ? (granted.length === 0 ? words.undecided : words.until) : granted.length === 0 ? words.none : words.some;
    const standing = fill(sentence, { date, names: listText(granted, language) });
    this.#standing.textContent = gate.persisted || decision === null ? standing : `${standing} ${words.unkept}`;
  }
}

define("sp-privacy-settings", PrivacySettingsElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-privacy-settings": PrivacySettingsElement;
  }
}
