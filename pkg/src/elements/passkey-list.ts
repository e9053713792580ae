import { isPrivacyError, PrivacyError, type PrivacyErrorCode } from "../lib/error.js";
import { load, signalUnknownCredential, type Passkey } from "../passkey.js";
import sheet from "../styles/passkey-list.css.js";
import theme from "../styles/theme.css.js";
import { codeOf, define, StorefrontElement, type ElementState } from "./shared/base.js";
import { CeremonyOptions, PASSKEY_CODES as CODES, type Ceremony } from "./shared/ceremony.js";
import { make, setOptional } from "./shared/dom.js";
import { PasskeyAddedEvent, PasskeyRemovedEvent, type PasskeyInformation } from "./shared/events-passkey.js";
import { passkeyLocaleAt } from "./shared/passkey-dress.js";
import { PasskeyItem } from "./shared/passkey-item.js";
import { isObject, request } from "./shared/requests.js";
import { tellKeepers } from "./shared/passkey-keepers.js";
import { listEnglish, problemText, type PasskeyListWords } from "./shared/words-passkey.js";
import { fill, languageAt } from "./shared/words.js";

export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export { PasskeyAddedEvent, PasskeyRemovedEvent, type PasskeyInformation } from "./shared/events-passkey.js";
export type { PasskeyListWords, PasskeyProblemWords } from "./shared/words-passkey.js";

/**
 * The passkeys of the person who is signed in: what they are called, who keeps them, when they were used, and how to add, rename and
 * remove them. Whoever keeps passkeys is told which ones there are, and that one is gone (Signal API).
 *
 * @summary A list of passkeys to manage.
 * @tag sp-passkey-list
 *
 * @attr {string} href - Where the passkeys are: GET answers `{passkeys: [...], user?: {id, name, displayName}}`; PATCH and DELETE go to `href/ID`.
 * @attr {string} options - Where options for a new one are asked for: POST, answers `{ceremony, publicKey}`.
 * @attr {string} verify - Where a new one goes: POST `{ceremony, credential}`, answers the passkey.
 * @attr {boolean} unreviewed - Whether to use texts that no native speaker has reviewed yet.
 * @attr {string} src - The address of the wasm module, when it is not beside the script.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where it stands.
 *
 * @slot unavailable - Shown when the element cannot work, and where script is off.
 * @slot again - Shown when the server asks for a recent sign-in first, by a problem with the code `shop.sign-in-again`: a link to do that.
 *
 * @event {PasskeyAddedEvent} sp-passkey-added - A passkey was added.
 * @event {PasskeyRemovedEvent} sp-passkey-removed - A passkey was removed.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @csspart list - The list.
 * @csspart item - One passkey.
 * @csspart name - A passkey's name.
 * @csspart facts - When it was added and used.
 * @csspart rename - The button that renames, and the one that saves the name.
 * @csspart remove - The button that removes, and the one that confirms it.
 * @csspart cancel - The button that leaves things as they are.
 * @csspart input - The input of a new name.
 * @csspart add - The button that adds a passkey.
 * @csspart empty - What is said when there is none.
 * @csspart problem - What went wrong, and what to do next.
 *
 * @cssproperty --sp-accent - The colour of the button that adds.
 * @cssproperty --sp-on-accent - The colour of text on it.
 * @cssproperty --sp-border - The colour of borders of controls.
 * @cssproperty --sp-hairline - The colour of lines between passkeys.
 * @cssproperty --sp-danger - The colour of removing, and of what went wrong.
 * @cssproperty --sp-radius - The corner of the list and its buttons.
 * @cssproperty --sp-gap - The space between things.
 * @cssproperty --sp-focus - The colour of the focus ring.
 * @cssproperty --sp-font - The font family.
 */
export class PasskeyListElement extends StorefrontElement<"passkey"> {
  /** Part of the custom element's life. */
  static readonly observedAttributes: readonly string[] = ["unreviewed", "lang"];

  protected override readonly capability = "passkey";

  #own: Partial<PasskeyListWords> = {};
  #language = "en";
  #user: unknown;
  #words: PasskeyListWords = listEnglish;
  #passkey: Passkey | undefined;
  #items: PasskeyItem[] = [];
  #busy = false;
  #shown: PrivacyErrorCode | null = null;
  #stale = false;
  #leaving: AbortController | undefined;
  readonly #options = new CeremonyOptions(() => this.getAttribute("options") ?? "/api/passkeys/registration/options");

  readonly #list = make("ul", { part: "list" });
  readonly #empty = make("p", { part: "empty", class: "empty muted", hidden: true });
  readonly #add = make("button", { part: "add", class: "add primary", type: "button", "aria-disabled": "true" });
  readonly #problem = make("p", { part: "problem", class: "problem", role: "alert" });
  readonly #again = make("slot", { name: "again", hidden: true });
  readonly #content = make("div", { class: "content", lang: "en" });
  readonly #live = make("div", { class: "spoken", role: "status" });

  constructor() {
    super(theme, sheet);
  }

  /** The texts; set some or all of them for another language. */
  get words(): PasskeyListWords {
    return this.#words;
  }

  set words(words: Partial<PasskeyListWords>) {
    this.#own = words;
    void this.#dress();
  }

  /** The passkeys as they stand. */
  get passkeys(): readonly PasskeyInformation[] {
    return this.#items.map((item) => item.passkey);
  }

  /** Adds a passkey, as the element's own button does: for a click on another button of the page. */
  add(): void {
    this.#clicked();
  }

  /** Part of the custom element's life: loads the list. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.#leaving = new AbortController();
    void this.#dress();
    this.start();
  }

  /** Part of the custom element's life: changes the language. */
  attributeChangedCallback(): void {
    if (this.isConnected) void this.#dress();
  }

  /** Part of the custom element's life: gives up a ceremony that is under way. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaving?.abort();
    this.#options.drop();
  }

  protected override render(): void {
    this.#write();
    this.#add.addEventListener("click", this.#clicked);
    for (const approach of ["focus", "pointerenter"]) this.#add.addEventListener(approach, this.#approached);
    this.#content.append(this.#list, this.#empty, this.#problem, this.#again, this.#add);
    this.root.append(this.#content, this.#live, make("slot", { name: "unavailable" }));
  }

  // The list is worth showing without WebAuthn: only adding needs it.
  protected override async prepare(): Promise<void> {
    const source = this.getAttribute("src");
    const since = performance.now();
    const [answer, passkey] = await Promise.all([request("GET", this.#address(), undefined, CODES), load(source ?? undefined)]);
    this.#passkey = passkey;
    this.#user = isObject(answer) ? answer["user"] : undefined;
    this.#fill(readPasskeys(answer));
    tellKeepers(this.#user, this.passkeys);
    this.step("list", "ok", since);
    if (this.#possible()) this.#options.refresh().catch(() => undefined);
  }

  protected override stateChanged(state: ElementState): void {
    if (state === "loading") return;
    this.#write();
  }

  readonly #approached = (): void => {
    if (this.state === "ready" && !this.#busy && this.#possible()) this.#options.refresh().catch(() => undefined);
  };

  readonly #clicked = (): void => {
    const passkey = this.#passkey;
    if (passkey === undefined || this.state !== "ready" || this.#busy) return;
    this.#busy = true;
    this.#say(null);
    this.#write();
    const held = this.#options.take();
    // With options at hand nothing is awaited before the browser is asked.
    const finished = held === undefined ? this.#late(passkey) : this.#register(passkey, held);
    void this.#follow(finished);
  };

  async #late(passkey: Passkey): Promise<void> {
    const since = performance.now();
    try {
      await this.#options.refresh();
    } catch (failure) {
      this.step("options", "failed", since, codeOf(failure, "network.failed"));
      throw failure;
    }
    const held = this.#options.take();
    if (held === undefined) throw new PrivacyError("passkey.options-expired", "the options expired before they were used");
    await this.#register(passkey, held);
  }

  async #register(passkey: Passkey, held: Ceremony): Promise<void> {
    const since = performance.now();
    const signal = this.#leaving?.signal;
    let credential: RegistrationResponseJSON;
    try {
      credential = await passkey.register(held.publicKey, signal === undefined ? {} : { signal });
    } catch (failure) {
      const code = codeOf(failure, "passkey.not-allowed");
      this.step("register", code === "passkey.cancelled" || code === "passkey.aborted" ? "cancelled" : "failed", since, code);
      throw failure;
    }
    this.step("register", "ok", since);
    const url = this.getAttribute("verify") ?? "/api/passkeys/registration";
    const added = await this.#timed("verify", request("POST", url, { ceremony: held.ceremony, credential }, CODES)).catch((failure: unknown) => {
      // What the server did not take is not left behind in whatever keeps it.
      if (codeOf(failure, "network.failed") !== "network.failed") void signalUnknownCredential({ credentialId: credential.id });
      throw failure;
    });
    const information = readPasskey(added);
    if (information === null) {
      this.#fill(readPasskeys(await request("GET", this.#address(), undefined, CODES)));
      return;
    }
    this.#fill([...this.passkeys, information]);
    tellKeepers(this.#user, this.passkeys);
    this.#live.textContent = fill(this.#words.wasAdded, { name: information.name || this.#words.nameless });
    this.dispatchEvent(new PasskeyAddedEvent(information));
  }

  readonly #rename = async (item: PasskeyItem, name: string): Promise<void> => {
    const { id } = item.passkey;
    const change = this.#timed("rename", request("PATCH", `${this.#address()}/${encodeURIComponent(id)}`, { name }, CODES));
    const done = await this.#follow(change);
    if (!done) return;
    item.passkey = { ...item.passkey, name };
    item.write(this.#words, this.#language);
    item.settle("rename");
    this.#live.textContent = fill(this.#words.wasRenamed, { name });
  };

  readonly #remove = async (item: PasskeyItem): Promise<void> => {
    const { passkey } = item;
    const removal = this.#timed("remove", request("DELETE", `${this.#address()}/${encodeURIComponent(passkey.id)}`, undefined, CODES));
    const done = await this.#follow(removal);
    if (!done) return;
    const at = this.#items.indexOf(item);
    this.#fill(this.passkeys.filter((each) => each.id !== passkey.id));
    void signalUnknownCredential({ credentialId: passkey.id });
    // The focus was on what is gone: it goes to what took its place, and to the button below when nothing did.
    const neighbour = this.#items[at] ?? this.#items[at - 1];
    if (neighbour === undefined) this.#add.focus();
    else neighbour.settle("remove");
    this.#live.textContent = fill(this.#words.wasRemoved, { name: passkey.name || this.#words.nameless });
    this.dispatchEvent(new PasskeyRemovedEvent(passkey));
  };

  /** Waits for something that keeps the element busy, and says what went wrong with it; whether it went well. */
  async #follow(work: Promise<unknown>): Promise<boolean> {
    this.#busy = true;
    this.#say(null);
    try {
      await work;
      return true;
    } catch (failure) {
      const stale = isPrivacyError(failure) && failure.cause === "shop.sign-in-again";
      this.#say(codeOf(failure, "passkey.not-allowed"), stale);
      if (!this.#again.hidden) this.#live.textContent = this.#again.assignedElements().map((said) => said.textContent).join(" ");
      return false;
    } finally {
      this.#busy = false;
      this.#write();
      this.#approached();
    }
  }

  async #timed(step: "verify" | "rename" | "remove", work: Promise<unknown>): Promise<unknown> {
    const since = performance.now();
    try {
      const answer = await work;
      this.step(step, "ok", since);
      return answer;
    } catch (failure) {
      this.step(step, "failed", since, codeOf(failure, "passkey.server-refused"));
      throw failure;
    }
  }

  #address(): string {
    return this.getAttribute("href") ?? "/api/passkeys";
  }

  #possible(): boolean {
    return "PublicKeyCredential" in globalThis;
  }

  #fill(passkeys: readonly PasskeyInformation[]): void {
    const known = new Map(this.#items.map((item) => [item.passkey.id, item]));
    this.#items = passkeys.map((passkey) => {
      const item = known.get(passkey.id) ?? new PasskeyItem(passkey, { rename: this.#rename, remove: this.#remove });
      item.passkey = passkey;
      item.write(this.#words, this.#language);
      return item;
    });
    this.#list.replaceChildren(...this.#items.map((item) => item.node));
    this.#write();
  }

  #say(code: PrivacyErrorCode | null, stale = false): void {
    // The shop's own words, with a link, say more than ours.
    const own = stale && this.#again.assignedElements().length > 0;
    this.#shown = code;
    this.#stale = stale;
    this.#again.hidden = !own;
    this.#problem.textContent = own ? "" : problemText(this.#words.problems, code);
  }

  async #dress(): Promise<void> {
    const locale = await passkeyLocaleAt(this);
    this.#words = { ...listEnglish, ...(locale && { ...locale.list, problems: locale.problems }), ...this.#own };
    const own = this.#own.add !== undefined;
    this.#language = own ? languageAt(this) : (locale?.language ?? "en");
    setOptional(this.#content, "lang", own ? null : this.#language);
    for (const item of this.#items) item.write(this.#words, this.#language);
    this.#write();
  }

  #write(): void {
    this.#list.setAttribute("aria-label", this.#words.label);
    this.#list.hidden = this.#items.length === 0;
    this.#empty.textContent = this.#words.empty;
    this.#empty.hidden = this.state !== "ready" || this.#items.length > 0;
    this.#add.textContent = this.#busy ? this.#words.adding : this.#words.add;
    this.#add.setAttribute("aria-disabled", String(this.#busy || this.state !== "ready"));
    this.#add.hidden = !this.#possible();
    this.#say(this.#shown, this.#stale);
  }
}

function readPasskeys(answer: unknown): PasskeyInformation[] {
  const listed = isObject(answer) ? answer["passkeys"] : undefined;
  if (!Array.isArray(listed)) throw new PrivacyError("passkey.response-invalid", "expected {passkeys: [...]} from the server");
  return listed.flatMap((each) => readPasskey(each) ?? []);
}

function readPasskey(value: unknown): PasskeyInformation | null {
  if (!isObject(value) || typeof value["id"] !== "string") return null;
  const name = typeof value["name"] === "string" ? value["name"] : "";
  const aaguid = typeof value["aaguid"] === "string" ? value["aaguid"].toLowerCase() : null;
  return { id: value["id"], name, aaguid, createdAt: readTime(value["created_at"]), lastUsedAt: readTime(value["last_used_at"]) };
}

// Servers write times as RFC 3339 or as seconds since 1970.
function readTime(value: unknown): number | null {
  if (typeof value === "number") return value * 1_000;
  if (typeof value !== "string") return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

define("sp-passkey-list", PasskeyListElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-passkey-list": PasskeyListElement;
  }
}
