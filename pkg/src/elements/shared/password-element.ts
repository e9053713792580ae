import { checkPolicy, type CustomPolicy, type PolicyId, type RuleResult } from "../../lib/password/policy.js";
import { StorefrontElement, type ElementState } from "./base.js";
import { PasswordPanel, type JudgedRule } from "./password-panel.js";
import type { PasswordSession } from "./password-session.js";
import { adopt } from "./sheets.js";
import type { PasswordFieldWords } from "./words-password-field.js";
import type { PasswordMeterWords } from "./words-password-meter.js";
import { fill, languageAt } from "./words.js";

const known = /^(nist-800-63b-4(-mfa)?|asvs-5)$/;

/** The texts of the meter, and of the field around it. */
export interface PasswordWords {
  /** What the meter says. */
  readonly meter: PasswordMeterWords;
  /** What the field says beside. */
  readonly field: PasswordFieldWords;
}

/**
 * What `<sp-password-meter>` and `<sp-password-field>` share: they watch an input and judge it by the rules. The ranked list and the full
 * measurement are a {@link PasswordSession}'s, which is loaded when the input gets the focus.
 */
export abstract class PasswordElement extends StorefrontElement<"password"> {
  protected override readonly capability = "password";

  /** The texts in their language; `null` until they are there. */
  protected dressed: PasswordWords | null = null;
  /** The language of the texts. */
  protected language = "en";
  /** The part that shows what is found. */
  protected panel!: PasswordPanel;
  /** Where the input is looked for. */
  protected scope: Document | ShadowRoot | undefined;

  #session: PasswordSession | undefined;
  #policy: CustomPolicy | undefined;
  #sheets = false;

  /** The input that is measured; `null` where there is none. */
  abstract get control(): HTMLInputElement | null;

  /** The meter's texts, with those that the shop has replaced. */
  protected abstract meterWords(): PasswordMeterWords | null;

  /** Links the input to what is said of it. */
  protected abstract meet(control: HTMLInputElement): void;

  /** Tells the input and its form of the rules, and which of them are not met. */
  protected abstract tell(rules: readonly JudgedRule[], failed: readonly string[]): void;

  /** The policy: the id of a known one, or the shop's own. */
  get policy(): PolicyId | CustomPolicy {
    return this.#policy ?? (known.exec(this.getAttribute("policy") ?? "")?.[0] as PolicyId | undefined) ?? "nist-800-63b-4";
  }

  set policy(policy: PolicyId | CustomPolicy) {
    checkPolicy(policy, "");
    this.#policy = typeof policy === "string" ? undefined : policy;
    if (typeof policy === "string") this.setAttribute("policy", policy);
    else this.refresh();
  }

  /** Part of the custom element's life: listens where the input is. */
  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.getRootNode();
    this.scope = root instanceof ShadowRoot ? root : document;
    this.scope.addEventListener("focusin", this.#focused);
    this.scope.addEventListener("input", this.#typed);
    this.refresh();
    void this.#session?.watch();
    void this.#dress();
  }

  /** Part of the custom element's life: stops listening. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scope?.removeEventListener("focusin", this.#focused);
    this.scope?.removeEventListener("input", this.#typed);
    this.#session?.stop();
    this.panel.stop();
  }

  /** Part of the custom element's life: measures again under another policy or beside another input. */
  attributeChangedCallback(name: string): void {
    if (!this.isConnected || this.scope === undefined) return;
    if (name === "unreviewed" || name === "lang") void this.#dress();
    this.refresh();
  }

  protected override render(): void {
    this.panel = new PasswordPanel(this.root);
  }

  protected override async prepare(): Promise<void> {
    const { PasswordSession } = await import("./password-session.js");
    this.#session ??= new PasswordSession({
      host: this,
      panel: this.panel,
      control: () => this.control,
      scope: () => this.scope,
      words: () => this.meterWords(),
      language: () => this.language,
      policy: () => this.policy,
      state: () => this.state,
      measure: () => this.measure(),
      step: (...report) => this.step("estimate", ...report),
      fail: (code) => this.fail(code),
    });
    await this.#session.begin();
  }

  protected override stateChanged(state: ElementState): void {
    this.panel.lack(state === "unavailable");
    this.measure();
  }

  /** Looks for the input anew, and at what is in it. */
  protected refresh(): void {
    const control = this.control;
    if (control !== null) {
      this.meet(control);
      if (control.value !== "" || this.scope?.activeElement === control) this.#wake();
    }
    this.measure();
  }

  /** Judges what is typed at once, and measures it in full where that is loaded. */
  protected measure(): void {
    const words = this.meterWords();
    if (words === null || this.scope === undefined) return;
    const password = this.control?.value ?? "";
    const context = this.#context();
    const session = this.#session;
    const { policy, rules } = checkPolicy(this.policy, password, { context, list: session?.list });
    const judged = this.#judge(rules, password !== "", words);
    const failed = judged.filter(({ rule, met }) => met === false && rule.level !== "SHOULD");
    this.panel.judge(judged, words, policy);
    this.mark("accepted", password !== "" && failed.length === 0);
    this.mark("refused", failed.length > 0);
    this.tell(judged, failed.map(({ text }) => text).concat(session?.found ? session.breach : []));
    session?.show(password, context, failed, words);
  }

  #judge(rules: readonly RuleResult[], typed: boolean, words: PasswordMeterWords): JudgedRule[] {
    // The rules that a shopper can act on; some are said only once they are broken.
    const asked = rules.filter(({ id, met, checked }) => (checked && !met ? typed : id === "context" ? this.#contextIds().length > 0 : !/^(present|max-length)$/.test(id)));
    return asked.map((rule) => {
      const count = new Intl.NumberFormat(this.language).format(Number(/\d+/.exec(rule.requirement)?.[0] ?? 0));
      const text = fill(words.rules[rule.id] ?? words.rules[rule.code] ?? rule.requirement, { minimum: count, maximum: count, count });
      return { rule, text, met: typed && rule.checked ? rule.met : null };
    });
  }

  #contextIds(): readonly string[] {
    return (this.getAttribute("context") ?? "").split(/\s+/).filter(Boolean);
  }

  #context(): string[] {
    const found = this.#contextIds().map((id) => this.scope?.getElementById(id));
    return found.map((each) => (each instanceof HTMLInputElement ? each.value : (each?.textContent ?? ""))).filter((text) => text.trim() !== "");
  }

  #wake(): void {
    if (this.state === "unavailable") this.retry();
    else this.start();
  }

  readonly #focused = ({ target }: Event): void => {
    if (target !== null && target === this.control) this.#wake();
  };

  readonly #typed = ({ target }: Event): void => {
    if (target === this.control && target !== null) {
      // What has failed is tried again on the next focus, and not while typing.
      this.start();
      this.measure();
    } else if (target instanceof Element && this.#contextIds().includes(target.id)) {
      this.measure();
    }
  };

  async #dress(): Promise<void> {
    try {
      const language = languageAt(this);
      const [dress, locale] = await Promise.all([
        import("./password-dress.js"),
        /^en\b/i.test(language) ? null : import("../../lib/languages.js").then(({ passwordLocale }) => passwordLocale(language, this.hasAttribute("unreviewed"))),
      ]);
      if (!this.#sheets) adopt(this.root, dress.sheets);
      this.#sheets = true;
      this.dressed = locale ?? dress;
      this.language = locale?.language ?? "en";
      this.panel.node.lang = this.language;
      this.worded();
    } catch {
      this.fail("network.failed");
    }
  }

  /** Called when the texts are there, and when they change. */
  protected worded(): void {
    this.measure();
  }
}
