import { codeIn, plainDigits } from "../lib/digits.js";
import sheet from "../styles/one-time-code.css.js";
import theme from "../styles/theme.css.js";
import { codeOf, define, StorefrontElement } from "./shared/base.js";
import { CodeClock } from "./shared/code-clock.js";
import { make } from "./shared/dom.js";
import { CodeCompleteEvent, CodeTimeEvent, RecoveryCodesKeptEvent, type CodeCompleteDetail } from "./shared/events-one-time-code.js";
import { english, type OneTimeCodeWords } from "./shared/words-one-time-code.js";
import { fill, languageAt } from "./shared/words.js";

export { StepEvent, UnavailableEvent, type UnavailableDetail } from "./shared/events.js";
export {
  CodeCompleteEvent,
  CodeTimeEvent,
  RecoveryCodesKeptEvent,
  type CodeCompleteDetail,
  type CodeTimeDetail,
  type RecoveryCodesKeptDetail,
} from "./shared/events-one-time-code.js";
export type { OneTimeCodeWords } from "./shared/words-one-time-code.js";

/** What the element shows. */
export type OneTimeCodeView = "code" | "enrol" | "recovery";

/** The way to sign in that the element belongs to, and the assurance level that it can reach (NIST SP 800-63B-4). */
const levels: Readonly<Record<string, number>> = { totp: 2, "sms-code": 2, "recovery-code": 1, "email-code": 0 };

/**
 * One-time codes: the field that takes one, the view that sets up an authenticator, and the view of recovery codes.
 *
 * As a field it enhances the one `<input autocomplete="one-time-code">` within it, which stays a plain input of the shop's own form: it takes
 * what is pasted ("123 456", a whole message, any script's digits), shows the time that is left, extends it, has another code sent, and
 * reads text messages where the browser offers them. `view="enrol"` draws the QR code of an `otpauth:` link, with the key to copy.
 * `view="recovery"` adds copying, downloading and printing to the codes within it. Each works as the page's plain content without script.
 *
 * @summary A one-time code's field, an authenticator's set-up, recovery codes.
 * @tag sp-one-time-code
 *
 * @attr {"code" | "enrol" | "recovery"} view - What it shows: the field, where left out.
 * @attr {number} digits - How many digits a code has, 6 to 8; 6 where left out.
 * @attr {"totp" | "email-code" | "sms-code" | "recovery-code"} method - Where codes come from: what that is worth is said.
 * @attr {number} expires-in - How many seconds the code still works, as of when the page was made.
 * @attr {number} resend-in - In how many seconds another code can be sent.
 * @attr {string} resend - Where another code is asked for: POST, answers `{expires_in, resend_in}`.
 * @attr {string} extend - Where more time is asked for: POST, answers `{expires_in, extendable}`.
 * @attr {string} email - Sent to `resend` as `{email}`.
 * @attr {boolean} sms - Whether to take the code from a text message (WebOTP), where the browser can.
 * @attr {string} link - For `enrol`: the `otpauth:` link.
 * @attr {string} filename - For `recovery`: the name of the file; `recovery-codes.txt` where left out.
 * @attr {boolean} required - For `recovery`: whether its form waits until the shopper has saved the codes.
 * @attr {string} src - The address of the wasm module, when it is not beside the script. The field needs none.
 * @attr {boolean} unreviewed - Whether to use texts that no native speaker has reviewed yet.
 * @attr {"loading" | "ready" | "unavailable"} state - Set by the element: where it stands.
 *
 * @slot - The label and the input; for `enrol` the plain content that it replaces; for `recovery` the codes, each in a `<code>`.
 * @slot plain - What stands in for the element's own buttons until it works, and where script is off.
 * @slot unavailable - Shown when the element cannot work.
 *
 * @event {CodeCompleteEvent} sp-code-complete - All digits are there; never says which.
 * @event {CodeTimeEvent} sp-code-time - The time is nearly over, over, extended, or another code was sent.
 * @event {RecoveryCodesKeptEvent} sp-recovery-codes-kept - The shopper copied, downloaded or printed the codes, or says that they are saved.
 * @event {UnavailableEvent} sp-unavailable - The `unavailable` slot is shown; says why.
 * @event {StepEvent} sp-step - A step of the element ended.
 *
 * @cssstate complete - All digits are there.
 *
 * @csspart clock - The time, and the buttons beside it.
 * @csspart time - The time that is left.
 * @csspart extend - The button that asks for more time.
 * @csspart resend - The button that has another code sent.
 * @csspart wait - When that can be done.
 * @csspart problem - What went wrong.
 * @csspart assurance - What the way to sign in is worth.
 * @csspart qr - The QR code.
 * @csspart open - The link that opens an authenticator.
 * @csspart key - The key.
 * @csspart copy - The button that copies.
 * @csspart download - The button that downloads.
 * @csspart print - The button that prints.
 * @csspart saved - The box that says that the codes are saved.
 * @csspart feedback - Whether it was copied.
 *
 * @cssproperty --sp-accent - The colour of links and boxes.
 * @cssproperty --sp-muted - The colour of secondary text.
 * @cssproperty --sp-border - The colour of borders.
 * @cssproperty --sp-danger - The colour of what went wrong.
 * @cssproperty --sp-font - The font family.
 */
export class OneTimeCodeElement extends StorefrontElement<"passkey-fallback"> {
  /** The attributes that the element watches. */
  static readonly observedAttributes: readonly string[] = ["view", "link", "digits", "method", "expires-in", "lang", "unreviewed", "required"];
  /** It takes part in its form's checks; the value is the input's own. */
  static readonly formAssociated = true;

  protected override readonly capability = "passkey-fallback";

  #base: OneTimeCodeWords = english;
  #own: Partial<OneTimeCodeWords> = {};
  #language = "en";
  #complete = false;
  #saved = false;
  #pasted = false;
  #messages: AbortController | undefined;
  #form: HTMLFormElement | null = null;

  readonly #content = make("div", { class: "content" });
  readonly #assurance = make("p", { part: "assurance", class: "muted" });
  readonly #live = make("div", { class: "spoken", role: "status" });
  readonly #clock: CodeClock;

  constructor() {
    super(theme, sheet);
    this.#clock = new CodeClock({
      attribute: (name) => this.getAttribute(name),
      words: () => this.words,
      language: () => this.#language,
      announce: (text) => this.#announce(text),
      changed: (change) => void this.dispatchEvent(new CodeTimeEvent({ change })),
      asked: (step, since, failure) => (failure === undefined ? this.step(step, "ok", since) : this.step(step, "failed", since, codeOf(failure, "network.failed"))),
    });
  }

  /** What is shown. */
  get view(): OneTimeCodeView {
    const view = this.getAttribute("view");
    return view === "enrol" || view === "recovery" ? view : "code";
  }

  /** The texts; set some or all of them for another language. */
  get words(): OneTimeCodeWords {
    return { ...this.#base, ...this.#own };
  }

  set words(words: Partial<OneTimeCodeWords>) {
    this.#own = words;
    if (this.state === "ready") void this.#show();
  }

  /** The input that takes the code; `null` where there is none. */
  get control(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input[autocomplete~=one-time-code]");
  }

  /** How many digits a code has. */
  get digits(): number {
    const digits = Number(this.getAttribute("digits") ?? 6);
    return digits === 7 || digits === 8 ? digits : 6;
  }

  /** The recovery codes within the element. */
  get codes(): readonly string[] {
    return [...this.querySelectorAll("code")].map((code) => code.textContent.trim()).filter((code) => code !== "");
  }

  /** Part of the custom element's life: gets ready. */
  override connectedCallback(): void {
    super.connectedCallback();
    if (this.state === "ready") {
      if (this.view === "code") this.#clock.resume();
    } else this.start();
  }

  /** Part of the custom element's life: stops the clock, and waits for no message. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#clock.stop();
    this.#messages?.abort();
  }

  /** Part of the custom element's life: shows what an attribute asks for. */
  attributeChangedCallback(name: string): void {
    if (!this.isConnected || this.state !== "ready") return;
    if (name === "expires-in") this.#clock.start();
    else if (name === "lang" || name === "unreviewed") void this.#dress().then(() => this.#show(), () => undefined);
    else void this.#show();
  }

  /** Part of the custom element's life: no message is waited for once the form is sent. */
  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#form?.removeEventListener("submit", this.#submitted);
    this.#form = form;
    form?.addEventListener("submit", this.#submitted);
  }

  /** Part of the custom element's life: the form was emptied. */
  formResetCallback(): void {
    this.#saved = false;
    this.#check();
    if (this.view === "recovery" && this.state === "ready") void this.#show();
  }

  protected override render(): void {
    this.root.append(make("slot", { class: "own" }), this.#content, make("slot", { name: "plain" }), this.#live, make("slot", { name: "unavailable" }));
    this.addEventListener("input", this.#typed);
    this.addEventListener("compositionend", this.#typed);
    this.addEventListener("paste", this.#paste);
  }

  protected override async prepare(): Promise<void> {
    await this.#dress();
    await this.#show();
    if (this.view === "code") {
      this.#clock.start();
      this.#watchMessages();
    }
  }

  /** The texts of the page's language. */
  async #dress(): Promise<void> {
    const language = languageAt(this);
    const locale = /^en\b/i.test(language) ? null : await import("../lib/code-languages.js").then(({ oneTimeCodeLocale }) => oneTimeCodeLocale(language, this.hasAttribute("unreviewed")));
    this.#base = locale?.words ?? english;
    this.#language = locale?.language ?? "en";
    this.#content.lang = this.#language;
    this.#live.lang = this.#language;
  }

  async #show(): Promise<void> {
    const { words, view } = this;
    this.#write();
    if (view === "enrol") await this.#enrol(words);
    else if (view === "recovery") {
      const { recoveryView } = await import("./shared/code-recovery.js");
      const { codes } = this;
      const list = this.querySelector("ol, ul") ?? this;
      const shown = recoveryView({
        words,
        codes,
        list,
        filename: this.getAttribute("filename") ?? "recovery-codes.txt",
        announce: (text) => this.#announce(text),
        kept: (how) => void this.dispatchEvent(new RecoveryCodesKeptEvent({ how })),
        confirmed: (saved) => {
          this.#saved = saved;
          this.#check();
          if (!saved) return;
          this.step("keep", "ok", performance.now());
          this.dispatchEvent(new RecoveryCodesKeptEvent({ how: "confirmed" }));
        },
      });
      this.#content.replaceChildren(shown, this.#assurance);
    } else {
      this.#content.replaceChildren(this.#clock.node, this.#assurance);
      this.#clock.resume();
    }
    this.#check();
  }

  async #enrol(words: OneTimeCodeWords): Promise<void> {
    const since = performance.now();
    try {
      const [{ load }, { enrolmentView }] = await Promise.all([import("../passkey-fallback.js"), import("./shared/code-enrolment.js")]);
      const fallback = await load(this.getAttribute("src") ?? undefined);
      const link = this.getAttribute("link") ?? "";
      const { secret } = fallback.readLink(link);
      this.#content.replaceChildren(enrolmentView(words, link, secret, fallback.qrCode(link), (text) => this.#announce(text)), this.#assurance);
      this.step("enrol", "ok", since);
    } catch (failure) {
      this.step("enrol", "failed", since, codeOf(failure, "network.failed"));
      throw failure;
    }
  }

  #write(): void {
    const { words } = this;
    const level = levels[this.getAttribute("method") ?? ""];
    this.#assurance.hidden = level === undefined;
    const worth = level === undefined || level === 0 ? words.noLevel : fill(words.level, { level: new Intl.NumberFormat(this.#language).format(level) });
    this.#assurance.textContent = `${words.phishable} ${worth}`;
  }

  readonly #paste = (event: ClipboardEvent): void => {
    const { control } = this;
    if (control === null || event.target !== control || this.view !== "code") return;
    this.#pasted = true;
    const code = codeIn(event.clipboardData?.getData("text/plain") ?? "", this.digits);
    // Anything else is pasted as it is, and judged as if it were typed.
    if (code === null) return;
    event.preventDefault();
    this.#take(control, code, "paste");
  };

  readonly #typed = (event: Event): void => {
    const { control } = this;
    if (control === null || event.target !== control || this.view !== "code") return;
    if (event instanceof InputEvent && event.isComposing) return;
    const typed = control.value;
    const plain = plainDigits(typed).replace(/\D/g, "");
    if (plain !== typed) {
      const before = plainDigits(typed.slice(0, control.selectionStart ?? typed.length)).replace(/\D/g, "").length;
      control.value = plain;
      control.setSelectionRange(before, before);
    }
    this.#check(this.#pasted ? "paste" : "keyboard");
    this.#pasted = false;
  };

  #take(control: HTMLInputElement, code: string, from: CodeCompleteDetail["from"]): void {
    control.value = code;
    // The shop's own script hears of it as of typing; the check below says where it came from.
    this.#check(from);
    control.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType: "insertReplacementText" }));
  }

  /** Tells the form whether it can be sent, and the shop when the code is complete. */
  #check(from?: CodeCompleteDetail["from"]): void {
    const { control, words, digits, view } = this;
    const typed = control?.value ?? "";
    const complete = view === "code" && new RegExp(`^\\d{${String(digits)}}$`).test(typed);
    const message =
      view === "recovery" && this.hasAttribute("required") && !this.#saved
        ? words.saveFirst
        : view === "code" && typed !== "" && !complete
          ? fill(words.incomplete, { digits: new Intl.NumberFormat(this.#language).format(digits) })
          : "";
    if (message === "") this.internals.setValidity({});
    else this.internals.setValidity({ customError: true }, message, view === "code" ? (control ?? undefined) : this.#content);
    this.mark("complete", complete);
    if (complete && !this.#complete && from !== undefined) {
      this.step("enter", "ok", performance.now());
      this.#announce(words.complete);
      this.dispatchEvent(new CodeCompleteEvent({ from }));
    }
    this.#complete = complete;
  }

  /** The code of a text message, by WebOTP. Another way to give it ends the waiting. */
  #watchMessages(): void {
    if (!this.hasAttribute("sms") || !("OTPCredential" in globalThis)) return;
    this.#messages?.abort();
    this.#messages = new AbortController();
    const options = { otp: { transport: ["sms"] }, signal: this.#messages.signal };
    navigator.credentials.get(options as CredentialRequestOptions).then(
      (credential) => {
        const { code } = (credential ?? {}) as { readonly code?: unknown };
        const found = typeof code === "string" ? codeIn(code, this.digits) : null;
        if (found !== null && this.control) this.#take(this.control, found, "message");
      },
      // Given up, refused, or not on this device: the input takes the code.
      () => undefined,
    );
  }

  readonly #submitted = (): void => this.#messages?.abort();

  #announce(text: string): void {
    this.#live.textContent = "";
    // A text that is the same as the one before is said again.
    setTimeout(() => (this.#live.textContent = text), 50);
  }
}

define("sp-one-time-code", OneTimeCodeElement);

declare global {
  interface HTMLElementTagNameMap {
    "sp-one-time-code": OneTimeCodeElement;
  }
}
