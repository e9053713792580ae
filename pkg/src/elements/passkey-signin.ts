import { PrivacyError, type PrivacyErrorCode } from "../lib/error.js";
import { load, type Passkey } from "../passkey.js";
import sheet from "../styles/passkey-signin.css.js";
import theme from "../styles/theme.css.js";
import { codeOf, define, StorefrontElement } from "./shared/base.js";
import { CeremonyOptions, type Ceremony } from "./shared/ceremony.js";
import { draw, make } from "./shared/dom.js";
import { PasskeySignedInEvent } from "./shared/events-passkey.js";
import { request } from "./shared/requests.js";
import { signinEnglish, type PasskeySigninWords } from "./shared/words-passkey.js";

export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export { PasskeySignedInEvent, type PasskeySignedInDetail } from "./shared/events-passkey.js";
export type { PasskeySigninWords } from "./shared/words-passkey.js";

/**
 * A button that signs in with a passkey.
 *
 * The options are fetched before the click and refreshed before they expire, so that the click itself calls the browser at once.
 *
 * @summary Sign in with a passkey.
 * @tag sp-passkey-signin
 *
 * @attr {string} options - Where options are asked for: POST, answers `{ceremony, publicKey}`.
 * @attr {string} verify - Where the answer goes: POST `{ceremony, credential}`, answers the session.
 * @attr {string} next - Where the page goes after signing in; on the same origin.
 * @attr {string} src - The address of the wasm module, when it is not beside the script.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where it stands.
 *
 * @slot unavailable - Shown when the element cannot work, and where script is off.
 *
 * @event {PasskeySignedInEvent} sp-passkey-signed-in - The server accepted the passkey. Cancel it to stay on the page.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @csspart button - The button.
 * @csspart icon - The button's picture.
 * @csspart problem - What went wrong, and what to do next.
 *
 * @cssproperty --sp-accent - The button's colour.
 * @cssproperty --sp-on-accent - The colour of text on the button.
 * @cssproperty --sp-danger - The colour of what went wrong.
 * @cssproperty --sp-radius - The button's corner.
 * @cssproperty --sp-focus - The colour of the focus ring.
 * @cssproperty --sp-font - The font family.
 */
export class PasskeySigninElement extends StorefrontElement<"passkey"> {
  protected override readonly capability = "passkey";

  #words: PasskeySigninWords = signinEnglish;
  #passkey: Passkey | undefined;
  #busy = false;
  #shown: PrivacyErrorCode | null = null;
  #leaving: AbortController | undefined;
  readonly #options = new CeremonyOptions(() => this.getAttribute("options") ?? "/api/passkeys/authentication/options");

  readonly #text = make("span");
  readonly #button = make(
    "button",
    { part: "button", class: "button primary", type: "button", "aria-disabled": "true", "aria-describedby": "problem" },
    keyPicture(),
    this.#text,
  );
  readonly #problem = make("p", { part: "problem", class: "problem", id: "problem", role: "alert" });
  readonly #live = make("div", { class: "spoken", role: "status" });

  constructor() {
    super(theme, sheet);
  }

  /** The texts; set some or all of them for another language. */
  get words(): PasskeySigninWords {
    return this.#words;
  }

  set words(words: Partial<PasskeySigninWords>) {
    this.#words = { ...signinEnglish, ...words };
    this.#write();
  }

  /** Part of the custom element's life: loads, and fetches options. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.#leaving = new AbortController();
    this.start();
  }

  /** Part of the custom element's life: gives up a ceremony that is under way. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaving?.abort();
    this.#options.drop();
  }

  /** Moves the focus to the button. */
  override focus(options?: FocusOptions): void {
    this.#button.focus(options);
  }

  protected override render(): void {
    this.#write();
    this.#button.addEventListener("click", this.#clicked);
    for (const approach of ["focus", "pointerenter"]) this.#button.addEventListener(approach, this.#approached);
    const content = make("div", { class: "content" }, this.#button, this.#problem);
    this.root.append(content, this.#live, make("slot", { name: "unavailable" }));
  }

  protected override async prepare(): Promise<void> {
    if (!("credentials" in navigator) || !("PublicKeyCredential" in globalThis)) {
      throw new PrivacyError("passkey.not-supported", "this browser has no WebAuthn");
    }
    const source = this.getAttribute("src");
    const [passkey] = await Promise.all([load(source ?? undefined), this.#options.refresh()]);
    this.#passkey = passkey;
  }

  protected override stateChanged(): void {
    this.#write();
  }

  readonly #approached = (): void => {
    if (this.state === "ready" && !this.#busy) this.#options.refresh().catch(() => undefined);
  };

  readonly #clicked = (): void => {
    const passkey = this.#passkey;
    if (passkey === undefined || this.state !== "ready" || this.#busy) return;
    this.#busy = true;
    this.#say(null);
    this.#write();
    const held = this.#options.take();
    // With options at hand nothing is awaited before the browser is asked.
    const finished = held === undefined ? this.#late(passkey) : this.#ask(passkey, held);
    finished
      .catch((failure: unknown) => this.#say(codeOf(failure, "passkey.not-allowed")))
      .finally(() => {
        this.#busy = false;
        this.#write();
        this.#approached();
      });
  };

  // The options were used or expired: they are fetched now, and most browsers still honour the click.
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
    await this.#ask(passkey, held);
  }

  async #ask(passkey: Passkey, held: Ceremony): Promise<void> {
    const since = performance.now();
    const signal = this.#leaving?.signal;
    let credential: unknown;
    try {
      credential = await passkey.signIn(held.publicKey, signal === undefined ? {} : { signal });
    } catch (failure) {
      const code = codeOf(failure, "passkey.not-allowed");
      this.step("sign-in", code === "passkey.cancelled" || code === "passkey.aborted" ? "cancelled" : "failed", since, code);
      throw failure;
    }
    this.step("sign-in", "ok", since);
    await this.#verify(held.ceremony, credential);
  }

  async #verify(ceremony: string, credential: unknown): Promise<void> {
    const since = performance.now();
    this.#live.textContent = this.#words.checking;
    const url = this.getAttribute("verify") ?? "/api/passkeys/authentication";
    let session: unknown;
    try {
      session = await request("POST", url, { ceremony, credential }, { unreachable: "network.failed", refused: "passkey.server-refused" });
    } catch (failure) {
      this.#live.replaceChildren();
      this.step("verify", "failed", since, codeOf(failure, "passkey.server-refused"));
      throw failure;
    }
    this.#live.textContent = this.#words.done;
    this.step("verify", "ok", since);
    const next = sameOrigin(this.getAttribute("next"));
    if (this.dispatchEvent(new PasskeySignedInEvent({ session, next })) && next !== null) location.assign(next);
  }

  #say(code: PrivacyErrorCode | null): void {
    this.#shown = code;
    this.#problem.textContent = code === null ? "" : (this.#words.problems[code] ?? this.#words.otherwise);
  }

  #write(): void {
    this.#text.textContent = this.#busy ? this.#words.waiting : this.#words.button;
    this.#button.setAttribute("aria-disabled", String(this.#busy || this.state !== "ready"));
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
