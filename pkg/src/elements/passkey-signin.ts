import type { PrivacyErrorCode } from "../lib/error.js";
import { passkeyAdvice, type PasskeyNext } from "../lib/webauthn/advice.js";
import { preparePasskeys, type PasskeyStart } from "../passkey-start.js";
import sheet from "../styles/passkey-signin.css.js";
import theme from "../styles/theme.css.js";
import { codeOf, define, StorefrontElement } from "./shared/base.js";
import { fetchCeremony, PASSKEY_CODES, type Ceremony } from "./shared/ceremony.js";
import { draw, make, setOptional } from "./shared/dom.js";
import { PasskeySignedInEvent } from "./shared/events-passkey.js";
import { passkeyLocaleAt } from "./shared/passkey-dress.js";
import { request } from "./shared/requests.js";
import { problemText, signinEnglish, type PasskeySigninWords } from "./shared/words-passkey.js";

export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export { PasskeySignedInEvent, type PasskeySignedInDetail } from "./shared/events-passkey.js";
export type { PasskeyProblemWords, PasskeySigninWords } from "./shared/words-passkey.js";

/**
 * Signs in with a passkey: by the autofill of an input, and by a button.
 *
 * The options are fetched before the click and refreshed before they expire, so that the click itself calls the browser at once. No
 * WebAssembly is fetched, unless the server's options need the lenient reader.
 *
 * @summary Sign in with a passkey.
 * @tag sp-passkey-signin
 *
 * @attr {string} options - Where options are asked for: POST, answers `{ceremony, publicKey}`.
 * @attr {string} verify - Where the answer goes: POST `{ceremony, credential}`, answers the session.
 * @attr {string} next - Where the page goes after signing in; on the same origin.
 * @attr {string} for - The id of the input in whose autofill passkeys are offered; else the first one whose `autocomplete` says `webauthn`.
 * @attr {boolean} immediate - Whether the button takes a passkey that is at hand, or says at once that there is none, where the browser can.
 * @attr {string} lifetime - How many seconds the server keeps a challenge, less the time to answer; 240 where left out.
 * @attr {boolean} unreviewed - Whether to use texts that no native speaker has reviewed yet.
 * @attr {string} src - The address of the wasm module, should it be needed and not be beside the script.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where it stands.
 *
 * @slot otherwise - Other ways to sign in, as links or buttons. After a failure that another way helps with, the group gets the part `suggested`.
 * @slot unavailable - Shown when the element cannot work, and where script is off.
 *
 * @event {PasskeySignedInEvent} sp-passkey-signed-in - The server accepted the passkey. Cancel it to stay on the page.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @csspart button - The button.
 * @csspart icon - The button's picture.
 * @csspart problem - What went wrong, and what to do next.
 * @csspart ways - The group of other ways to sign in.
 * @csspart suggested - The same group, while another way is what helps.
 *
 * @cssproperty --sp-accent - The button's colour.
 * @cssproperty --sp-on-accent - The colour of text on the button.
 * @cssproperty --sp-danger - The colour of what went wrong.
 * @cssproperty --sp-radius - The button's corner.
 * @cssproperty --sp-focus - The colour of the focus ring.
 * @cssproperty --sp-font - The font family.
 */
export class PasskeySigninElement extends StorefrontElement<"passkey"> {
  /** Part of the custom element's life. */
  static readonly observedAttributes: readonly string[] = ["unreviewed", "lang"];

  protected override readonly capability = "passkey";

  #words: PasskeySigninWords = signinEnglish;
  #own: Partial<PasskeySigninWords> = {};
  #busy = false;
  #answered = false;
  #shown: PrivacyErrorCode | null = null;
  #start: PasskeyStart<unknown> | undefined;

  readonly #text = make("span");
  readonly #button = make(
    "button",
    { part: "button", class: "button primary", type: "button", "aria-disabled": "true", "aria-describedby": "problem" },
    keyPicture(),
    this.#text,
  );
  readonly #problem = make("p", { part: "problem", class: "problem", id: "problem", role: "alert" });
  readonly #slot = make("slot", { name: "otherwise" });
  readonly #label = make("span", { class: "label", id: "ways" });
  readonly #ways = make("div", { part: "ways", class: "ways", role: "group", "aria-labelledby": "ways", hidden: true }, this.#label, this.#slot);
  readonly #content = make("div", { class: "content", lang: "en" });
  readonly #live = make("div", { class: "spoken", role: "status" });

  constructor() {
    super(theme, sheet);
  }

  /** The texts; set some or all of them for another language. */
  get words(): PasskeySigninWords {
    return this.#words;
  }

  set words(words: Partial<PasskeySigninWords>) {
    this.#own = words;
    void this.#dress();
  }

  /** The input in whose autofill passkeys are offered; `null` where there is none. */
  get control(): HTMLInputElement | null {
    const root = this.getRootNode() as Document | ShadowRoot;
    const named = this.getAttribute("for");
    const found = named === null ? root.querySelector('input[autocomplete~="webauthn"]') : root.getElementById(named);
    return found instanceof HTMLInputElement ? found : null;
  }

  /** What the last failure makes worth offering; `null` while there is none. */
  get next(): PasskeyNext | null {
    return this.#shown === null ? null : passkeyAdvice(this.#shown).next;
  }

  /** Part of the custom element's life: fetches options, and offers passkeys. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.#start = this.#prepared();
    void this.#dress();
    if (this.state === "ready") this.#offer();
    this.start();
  }

  /** Part of the custom element's life: gives up a ceremony that is under way. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#start?.stop();
  }

  /** Part of the custom element's life: changes the language. */
  attributeChangedCallback(): void {
    if (this.isConnected) void this.#dress();
  }

  /** Moves the focus to the button. */
  override focus(options?: FocusOptions): void {
    this.#button.focus(options);
  }

  protected override render(): void {
    this.#write();
    this.#button.addEventListener("click", this.#clicked);
    // The offer in autofill is taken back before the click, so that nothing is waited for in it.
    for (const approach of ["focus", "pointerdown"]) this.#button.addEventListener(approach, this.#approached);
    for (const retreat of ["blur", "pointercancel"]) this.#button.addEventListener(retreat, this.#retreated);
    this.#slot.addEventListener("slotchange", () => this.#write());
    this.#content.append(this.#button, this.#problem, this.#ways);
    this.root.append(this.#content, this.#live, make("slot", { name: "unavailable" }));
  }

  protected override async prepare(): Promise<void> {
    await this.#start?.prepare();
    this.#offer();
  }

  protected override stateChanged(): void {
    this.#write();
  }

  #prepared(): PasskeyStart<unknown> {
    return preparePasskeys<Ceremony, unknown>({
      options: () => fetchCeremony(this.getAttribute("options") ?? "/api/passkeys/authentication/options"),
      verify: (credential, { ceremony }) => this.#verify(ceremony, credential),
      signedIn: (session) => this.#leave(session),
      failed: ({ code }) => this.#say(code),
      lifetime: 1_000 * Number(this.getAttribute("lifetime") ?? 240),
      immediate: this.hasAttribute("immediate"),
      source: this.getAttribute("src") ?? undefined,
    });
  }

  #offer(): void {
    const { control } = this;
    if (control === null) return;
    const tokens = control.autocomplete.split(/\s+/).filter((token) => token !== "" && token !== "off");
    // The last token, or browsers do not see it (WebAuthn Level 3 §5.1.4).
    if (tokens.at(-1) !== "webauthn") control.setAttribute("autocomplete", [...(tokens.length > 0 ? tokens : ["username"]), "webauthn"].join(" "));
    this.#start?.autofill();
  }

  readonly #approached = (): void => {
    if (this.#busy) return;
    this.#start?.pause();
    this.#start?.prepare().catch(() => undefined);
  };

  readonly #retreated = (): void => {
    if (!this.#busy) this.#start?.resume();
  };

  readonly #clicked = (): void => {
    const start = this.#start;
    if (start === undefined || this.state !== "ready" || this.#busy) return;
    const since = performance.now();
    // With options at hand the browser is asked before anything else is done.
    const asked = start.ask();
    this.#answered = false;
    this.#busy = true;
    this.#say(null);
    this.#write();
    asked
      .then((session) => this.#leave(session))
      .catch((failure: unknown) => {
        const code = codeOf(failure, "passkey.not-allowed");
        if (!this.#answered) this.step("sign-in", code === "passkey.cancelled" || code === "passkey.aborted" ? "cancelled" : "failed", since, code);
        this.#say(code);
      })
      .finally(() => {
        this.#busy = false;
        this.#write();
        start.prepare().catch(() => undefined);
        start.resume();
      });
  };

  async #verify(ceremony: string, credential: unknown): Promise<unknown> {
    const since = performance.now();
    this.#answered = true;
    this.step("sign-in", "ok", since);
    this.#live.textContent = this.#words.checking;
    const url = this.getAttribute("verify") ?? "/api/passkeys/authentication";
    try {
      const session = await request("POST", url, { ceremony, credential }, PASSKEY_CODES);
      this.step("verify", "ok", since);
      return session;
    } catch (failure) {
      this.#live.replaceChildren();
      this.step("verify", "failed", since, codeOf(failure, "passkey.server-refused"));
      throw failure;
    }
  }

  #leave(session: unknown): void {
    this.#live.textContent = this.#words.done;
    const next = sameOrigin(this.getAttribute("next"));
    if (this.dispatchEvent(new PasskeySignedInEvent({ session, next })) && next !== null) location.assign(next);
  }

  #say(code: PrivacyErrorCode | null): void {
    this.#shown = code;
    this.#problem.textContent = problemText(this.#words.problems, code);
    this.#ways.setAttribute("part", this.next === "another-way" ? "ways suggested" : "ways");
  }

  async #dress(): Promise<void> {
    const locale = await passkeyLocaleAt(this);
    this.#words = { ...signinEnglish, ...(locale && { ...locale.signin, problems: locale.problems }), ...this.#own };
    setOptional(this.#content, "lang", this.#own.button === undefined ? (locale?.language ?? "en") : null);
    this.#write();
  }

  #write(): void {
    this.#text.textContent = this.#busy ? this.#words.waiting : this.#words.button;
    this.#button.setAttribute("aria-disabled", String(this.#busy || this.state !== "ready"));
    this.#label.textContent = this.#words.otherWays;
    this.#ways.hidden = this.#slot.assignedElements().length === 0;
    this.#say(this.#shown);
  }
}

// The address comes from markup that the shop may fill from a query string; elsewhere it must not lead.
function sameOrigin(address: string | null): string | null {
  if (address === null || !URL.canParse(address, document.baseURI)) return null;
  const url = new URL(address, document.baseURI);
  return url.origin === location.origin ? url.href : null;
}

function keyPicture(): SVGSVGElement {
  return draw(
    "svg",
    { part: "icon", viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "aria-hidden": "true" },
    draw("circle", { cx: 9, cy: 7.5, r: 4 }),
    draw("path", { d: "M2 20.5c0-4.2 2.9-6.6 6.6-6.6 1.2 0 2.3.2 3.3.7" }),
    draw("circle", { cx: 18, cy: 13, r: 3 }),
    draw("path", { d: "M18 16v6M18 19.5h2.2" }),
  );
}

define("sp-passkey-signin", PasskeySigninElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-passkey-signin": PasskeySigninElement;
  }
}
