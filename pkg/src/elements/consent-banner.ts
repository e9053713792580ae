import { gate as requireGate, type Gate } from "../gate.js";
import { PrivacyError } from "../lib/error.js";
import { findBanner, type BannerView } from "./shared/banner-view.js";
import { codeOf, define, StorefrontElement, type ElementState } from "./shared/base.js";
import { make } from "./shared/dom.js";
import { ConsentDecidedEvent } from "./shared/events-consent.js";
import { flushRecords, postRecord, randomId } from "./shared/records.js";
import { request } from "./shared/requests.js";
import { adopt } from "./shared/sheets.js";
import { bannerEnglish, type ConsentBannerWords } from "./shared/words-consent.js";
import { languageAt } from "./shared/words.js";

export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export { ConsentDecidedEvent, type ConsentDecidedDetail } from "./shared/events-consent.js";
export type { ConsentBannerWords } from "./shared/words-consent.js";

/**
 * Asks what a visitor's data may be used for, while there is no decision under the page's policy.
 *
 * It takes over what the server has rendered ahead of time as a declarative shadow root, or draws the same from the policy file. It
 * is no dialogue: it takes no focus and holds none. Accepting, rejecting and choosing have the same weight, and nothing is ticked.
 * The page's gate (`gate.js`) keeps the decision and releases what waits for it.
 *
 * @summary A consent banner.
 * @tag sp-consent-banner
 *
 * @attr {string} policy - The address of the policy file; read when the banner was not rendered ahead of time.
 * @attr {string} version - The policy's version, as the server rendered it.
 * @attr {string} record - Where the record of a grant is posted; absent when the shop keeps none.
 * @attr {string} settings - The address of the privacy settings.
 * @attr {string} clear - Where the shop deletes cookies that script cannot see, see `storefront-privacy/clear`.
 * @attr {boolean} unreviewed - Lets the banner speak languages whose words no native speaker has reviewed.
 * @attr {boolean} signal - Set by the element: the browser sends Global Privacy Control.
 * @attr {boolean} conflict - Set by the element: that took back what an earlier decision granted.
 * @attr {boolean} changed - Set by the element: the visitor decided under an earlier version.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where it stands.
 *
 * @slot unavailable - Shown when the element cannot work, and where script is off.
 *
 * @event {ConsentDecidedEvent} sp-consent-decided - The visitor has decided.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @csspart banner - The banner.
 * @csspart text - Its heading and message.
 * @csspart title - Its heading.
 * @csspart message - Its message.
 * @csspart honoured - Said where Global Privacy Control was honoured.
 * @csspart conflict - Said where it contradicts an earlier choice.
 * @csspart changes - What has changed since the visitor last chose.
 * @csspart facts - The list of it.
 * @csspart choices - The form of single choices.
 * @csspart purposes - The purposes in it.
 * @csspart legend - The heading of the purposes.
 * @csspart purpose - One purpose.
 * @csspart name - A purpose's name.
 * @csspart state - Said of an essential purpose.
 * @csspart about - A purpose's description.
 * @csspart toggle - A purpose's box.
 * @csspart actions - The three buttons.
 * @csspart button - Each button.
 * @csspart accept - The button that grants everything.
 * @csspart reject - The button that grants nothing.
 * @csspart choose - The button that shows the purposes.
 * @csspart save - The button that keeps what is ticked.
 * @csspart links - The links.
 * @csspart link - Each link.
 *
 * @cssproperty --sp-surface - The banner's ground.
 * @cssproperty --sp-text - The colour of text.
 * @cssproperty --sp-muted - The colour of descriptions.
 * @cssproperty --sp-border - The colour of the buttons' borders.
 * @cssproperty --sp-hairline - The colour of lines.
 * @cssproperty --sp-radius - The corner of the banner and its buttons.
 * @cssproperty --sp-focus - The colour of the focus ring.
 * @cssproperty --sp-font - The font family.
 * @cssproperty --sp-banner-width - How wide the banner may become.
 * @cssproperty --sp-banner-layer - The banner's `z-index`.
 */
export class ConsentBannerElement extends StorefrontElement<"consent"> {
  protected override readonly capability = "consent";

  #words: ConsentBannerWords = bannerEnglish;
  #gate: Gate | undefined;
  #view: BannerView | undefined;
  #unsubscribe: (() => void) | undefined;
  #shownSince = 0;
  #cameFrom: HTMLElement | null = null;
  #room: CSSStyleSheet | undefined;
  #resized: ResizeObserver | undefined;

  readonly #live = make("div", { class: "spoken", role: "status" });
  readonly #otherwise = make("slot", { name: "unavailable", hidden: true });

  /** The texts; set some or all of them for another language. */
  get words(): ConsentBannerWords {
    return this.#words;
  }

  set words(words: Partial<ConsentBannerWords>) {
    this.#words = { ...bannerEnglish, ...words };
    void this.#write();
  }

  /** Part of the custom element's life: shows the banner when there is no decision. */
  override connectedCallback(): void {
    super.connectedCallback();
    globalThis.addEventListener("online", this.#flush);
    this.#flush();
    // What a server has rendered may still be on its way.
    if (this.root.firstElementChild === this.#live || document.readyState !== "loading") this.start();
    else document.addEventListener("DOMContentLoaded", () => this.isConnected && this.start(), { once: true });
    if (this.#gate !== undefined) this.#follow(this.#gate);
  }

  /** Part of the custom element's life: stops listening. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    globalThis.removeEventListener("online", this.#flush);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#makeRoom(false);
  }

  protected override render(): void {
    this.root.append(this.#live, this.#otherwise);
    this.root.addEventListener("click", this.#clicked);
    this.root.addEventListener("submit", this.#submitted);
    this.root.addEventListener("keydown", this.#pressed);
    this.root.addEventListener("focusin", this.#entered);
  }

  protected override async prepare(): Promise<void> {
    const gate = requireGate();
    const rendered = this.root.querySelector<HTMLElement>("section.banner");
    if (rendered !== null) {
      this.#checkVersion(this.getAttribute("version"), gate);
      this.#view = findBanner(rendered);
      if (this.#words !== bannerEnglish) void this.#write();
      // What the server wrote stays; what is said aloud later is to be in the same language.
      else void this.#speak(rendered.lang);
    } else if (asks(gate)) {
      await this.#draw(gate);
    }
    this.#follow(gate);
  }

  protected override stateChanged(state: ElementState): void {
    this.#otherwise.hidden = state !== "unavailable";
    if (state === "unavailable") this.#makeRoom(false);
  }

  /** Puts other texts into a banner that is there. */
  async #write(): Promise<void> {
    if (this.#view === undefined) return;
    const { writeBanner } = await import("./shared/banner-draw.js");
    writeBanner(this.#view, this.#words);
  }

  /** Takes our words of a language, unless the shop has set its own; gives the language that they are in. */
  async #speak(language: string): Promise<string | null> {
    if (this.#words !== bannerEnglish || language === "" || /^en\b/i.test(language)) return null;
    try {
      const { bannerWords } = await import("../lib/banner-languages.js");
      const words = await bannerWords(language, this.hasAttribute("unreviewed"));
      if (words === null || this.#words !== bannerEnglish) return null;
      this.#words = words;
      return words.language;
    } catch {
      // Without the file it is English, as without the language.
      return null;
    }
  }

  async #draw(gate: Gate): Promise<void> {
    const since = performance.now();
    try {
      const [found, spoken, { bannerSheets, drawBanner, readBannerPolicy }] = await Promise.all([
        request("GET", this.getAttribute("policy") ?? "/privacy.json"),
        this.#speak(languageAt(this)),
        import("./shared/banner-draw.js"),
      ]);
      const language = this.#words === bannerEnglish ? "en" : (spoken ?? languageAt(this));
      const policy = readBannerPolicy(found, language);
      this.#checkVersion(policy.version, gate);
      const section = drawBanner(policy, this.getAttribute("settings"), this.#words, language);
      section.hidden = true;
      adopt(this.root, bannerSheets);
      this.root.prepend(section);
      this.#view = findBanner(section);
      this.step("policy", "ok", since);
    } catch (failure) {
      this.step("policy", "failed", since, codeOf(failure, "consent.policy-invalid"));
      throw failure;
    }
  }

  // A decision is kept under the gate's version: words of another version must not be what it was made on.
  #checkVersion(version: string | null, gate: Gate): void {
    if (version === null || version === gate.policy) return;
    throw new PrivacyError("consent.policy-invalid", `expected version ${gate.policy} of the policy, as in the gate, found ${version}`);
  }

  #follow(gate: Gate): void {
    this.#gate = gate;
    this.#unsubscribe ??= gate.subscribe((decision) => {
      if (decision !== null || this.#view !== undefined) this.#show(asks(gate));
      else this.#draw(gate).then(() => this.#show(true), (failure: unknown) => this.fail(codeOf(failure, "consent.policy-invalid")));
    });
    this.#show(asks(gate));
  }

  #show(open: boolean): void {
    const section = this.#view?.section;
    if (section === undefined) return;
    const first = open && this.#shownSince === 0;
    const gate = this.#gate;
    this.toggleAttribute("signal", gate?.signal === true);
    this.toggleAttribute("conflict", gate?.conflict === true);
    this.toggleAttribute("changed", open && gate !== undefined && (gate.previous?.policy ?? gate.policy) !== gate.policy);
    section.hidden = !open;
    this.#openChoices(false);
    this.#makeRoom(open);
    if (first) {
      this.#shownSince = performance.now();
      this.step("show", "ok", this.#shownSince);
    }
  }

  readonly #flush = (): void => {
    void flushRecords();
  };

  readonly #clicked = (event: Event): void => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const gate = this.#gate;
    if (button === null || gate === undefined || this.state !== "ready") return;
    if (button.value === "accept") this.#decide(gate.purposes);
    else if (button.value === "reject") this.#decide([]);
    else if (button.value === "choose") this.#openChoices(this.#view?.choices.hidden === true, true);
  };

  readonly #submitted = (event: Event): void => {
    event.preventDefault();
    const toggles = this.#view?.toggles ?? [];
    if (this.state === "ready") this.#decide(toggles.filter((toggle) => toggle.checked).map((toggle) => toggle.value));
  };

  readonly #pressed = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key !== "Escape" || event.isComposing) return;
    if (this.#view === undefined || this.#view.choices.hidden) return;
    event.stopPropagation();
    this.#openChoices(false);
    this.#view.choose.focus();
  };

  readonly #entered = (event: Event): void => {
    const from = event instanceof FocusEvent ? event.relatedTarget : null;
    if (from instanceof HTMLElement && !this.root.contains(from)) this.#cameFrom = from;
  };

  #openChoices(open: boolean, byHand = false): void {
    const view = this.#view;
    if (view === undefined) return;
    view.choices.hidden = !open;
    view.choose.setAttribute("aria-expanded", String(open));
    // The boxes come before the button that shows them: whoever asked for them is taken there.
    if (open && byHand) view.toggles[0]?.focus();
  }

  #decide(granted: readonly string[]): void {
    const gate = this.#gate;
    const section = this.#view?.section;
    if (gate === undefined || section === undefined) return;
    const held = section.contains(this.root.activeElement);
    const before = (gate.decision ?? gate.previous)?.granted ?? [];
    const decision = gate.decide(granted);
    const denied = gate.purposes.filter((purpose) => !decision.granted.includes(purpose));
    this.#show(false);
    if (held && this.#cameFrom?.isConnected === true) this.#cameFrom.focus({ preventScroll: true });
    this.#live.textContent = this.#words.saved;
    this.step("decide", "ok", this.#shownSince, gate.persisted ? null : "storage.refused");
    this.dispatchEvent(new ConsentDecidedEvent({ granted: decision.granted, denied }));
    if (before.some((purpose) => !decision.granted.includes(purpose))) void this.#clear(gate);
    const url = this.getAttribute("record");
    if (url === null || url === "" || decision.granted.length === 0) return;
    const since = performance.now();
    const { policy, at } = decision;
    const language = section.lang === "" ? languageAt(this) : section.lang;
    postRecord(url, { v: 1, id: randomId(), policy, at, granted: decision.granted, denied, language }).then(
      () => this.step("record", "ok", since),
      (failure: unknown) => this.step("record", "failed", since, codeOf(failure, "network.failed")),
    );
  }

  /** Who takes back what was granted before has it deleted; the settings name what could not be. */
  async #clear(gate: Gate): Promise<void> {
    const since = performance.now();
    try {
      const { clearWithdrawn } = await import("./shared/withdrawn.js");
      const { left } = await clearWithdrawn(this.getAttribute("policy") ?? "/privacy.json", gate, this.getAttribute("clear"));
      this.step("clear", left.length === 0 ? "ok" : "failed", since);
    } catch (failure) {
      this.step("clear", "failed", since, codeOf(failure, "load.missing"));
    }
  }

  // What has the focus must not be behind the banner (WCAG 2.2, 2.4.11): the page scrolls it above.
  #makeRoom(open: boolean): void {
    const section = this.#view?.section;
    this.#resized?.disconnect();
    this.#resized = undefined;
    this.#room ??= new CSSStyleSheet();
    const room = this.#room;
    const sheets = document.adoptedStyleSheets.filter((each) => each !== room);
    document.adoptedStyleSheets = open ? [...sheets, room] : sheets;
    if (!open || section === undefined) return;
    this.#resized = new ResizeObserver(() => {
      const height = Math.min(Math.ceil(section.getBoundingClientRect().height) + 16, Math.round(innerHeight * 0.6));
      room.replaceSync(`:root { scroll-padding-block-end: ${height}px; }`);
    });
    this.#resized.observe(section);
  }
}

/** Whether there is something to ask: no decision yet, or one that Global Privacy Control contradicts. */
function asks(gate: Gate): boolean {
  return gate.decision === null || gate.conflict;
}

define("sp-consent-banner", ConsentBannerElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-consent-banner": ConsentBannerElement;
  }
}
