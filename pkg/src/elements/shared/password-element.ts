import type { RankedList } from "../../lib/password/list.js";
import { checkPolicy, type CustomPolicy, type PolicyId, type RuleResult } from "../../lib/password/policy.js";
import type { Estimate, Password, PasswordRule } from "../../verbs/password.js";
import { StorefrontElement, codeOf, type ElementState } from "./base.js";
import { PasswordEstimatedEvent } from "./events-password.js";
import { PasswordPanel, type JudgedRule } from "./password-panel.js";
import { adopt } from "./sheets.js";
import type { PasswordFieldWords } from "./words-password-field.js";
import type { PasswordMeterWords } from "./words-password-meter.js";
import { fill, languageAt, listText } from "./words.js";

/** How long to wait, in milliseconds, when another element's newer password is measured instead. */
const again = 50;

const known = /^(nist-800-63b-4(-mfa)?|asvs-5)$/;

interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** The texts of the meter, and of the field around it. */
export interface PasswordWords {
  /** What the meter says. */
  readonly meter: PasswordMeterWords;
  /** What the field says beside. */
  readonly field: PasswordFieldWords;
}

/**
 * What `<sp-password-meter>` and `<sp-password-field>` share: they watch an input, answer at once with the rules and the ranked list, and
 * then with the full measurement, which is loaded when the input gets the focus.
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

  #password: Password | undefined;
  #list: RankedList | undefined;
  #policy: CustomPolicy | undefined;
  #serial = 0;
  #sheets = false;
  #leaked: ((password: string, words: PasswordMeterWords, language: string) => string) | undefined;
  #breach = "";
  #found = false;
  #unwatch: (() => void) | undefined;

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
    void this.#dress();
  }

  /** Part of the custom element's life: stops listening. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scope?.removeEventListener("focusin", this.#focused);
    this.scope?.removeEventListener("input", this.#typed);
    this.#unwatch?.();
    this.#unwatch = undefined;
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
    const address = (name: string): string | undefined => this.getAttribute(name) ?? undefined;
    const full = this.#thrifty() ? undefined : import("../../lib/password/load.js").then(({ load }) => load({ source: address("src"), worker: address("worker") }));
    // Where it fails first, the list is not held up by that.
    full?.catch(() => undefined);
    this.#list ??= await rankedList(address("list")).catch(() => undefined);
    this.measure();
    await this.#watch();
    if (full === undefined) return;
    void this.#findLeaks();
    this.#password = await full;
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
    const serial = ++this.#serial;
    const words = this.meterWords();
    if (words === null || this.scope === undefined) return;
    const password = this.control?.value ?? "";
    const context = this.#context();
    const { policy, rules } = checkPolicy(this.policy, password, { context, list: this.#list });
    const judged = this.#judge(rules, password !== "", words);
    const failed = judged.filter(({ rule, met }) => met === false && rule.level !== "SHOULD");
    this.panel.judge(judged, words, policy);
    this.mark("accepted", password !== "" && failed.length === 0);
    this.mark("refused", failed.length > 0);
    this.panel.warn(this.#breach === "" ? (this.#leaked?.(password, words, this.language) ?? "") : this.#breach, this.#found);
    this.tell(judged, failed.map(({ text }) => text).concat(this.#found ? this.#breach : []));
    if (password === "") {
      this.panel.measure(null, [], words, this.language);
      this.panel.announce("");
      return;
    }
    const rank = this.#list?.top.get(password) ?? null;
    if (rank !== null) this.#show(listed(rank), rank, failed, words);
    if (this.#password !== undefined && this.state === "ready") this.#measureFully(serial, password, context, rank, failed, words);
    else if (rank === null && this.state !== "loading") this.#show(null, null, failed, words);
  }

  #measureFully(serial: number, password: string, context: readonly string[], rank: number | null, failed: readonly JudgedRule[], words: PasswordMeterWords): void {
    const since = performance.now();
    this.#password?.estimate(password, context, this.#list && rank).then(
      (estimate) => {
        this.step("estimate", "ok", since);
        if (serial === this.#serial) this.#show(estimate, rank, failed, words);
      },
      (failure: unknown) => {
        if (failure instanceof DOMException) {
          // A newer one took its place: this element's own, or that of another one on the page.
          if (serial === this.#serial) setTimeout(() => serial === this.#serial && this.measure(), again);
          return;
        }
        const code = codeOf(failure, "module.trapped");
        this.step("estimate", "failed", since, code);
        if (code !== "worker.late" && code !== "input.too-long") this.fail(code);
        else if (serial === this.#serial && rank === null) this.#show(null, null, failed, words);
      },
    );
  }

  #show(estimate: Estimate | null, rank: number | null, failed: readonly JudgedRule[], words: PasswordMeterWords): void {
    const { warning = null, suggestions = [] } = estimate ?? {};
    const texts = [
      rank === null ? warning && words.warnings[warning] : fill(words.rank, { count: new Intl.NumberFormat(this.language).format(rank) }),
      ...suggestions.map((code) => words.suggestions[code]),
      estimate?.bound === "lower" && words.lower,
    ].filter((text) => typeof text === "string");
    this.panel.measure(estimate, texts, words, this.language);
    const verdict = estimate && fill(words.announcement, { verdict: words.verdicts[estimate.score] });
    const missing = failed.length > 0 && fill(words.missing, { rules: listText(failed.map(({ text }) => text), this.language) });
    this.panel.announce([verdict, missing, this.#breach].filter(Boolean).join(" "));
    this.dispatchEvent(
      new PasswordEstimatedEvent({
        score: estimate?.score ?? null,
        guessesLog10: estimate?.guessesLog10 ?? null,
        warning,
        suggestions: [...suggestions],
        failed: [...new Set(failed.map(({ rule }) => rule.code as PasswordRule))],
        rank,
        bound: estimate?.bound ?? null,
        corrections: [...(estimate?.corrections ?? [])],
      }),
    );
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

  /** The filter of leaked passwords that are long enough for the policy: 12 KB from 15 characters on, 49 KB from 8 on. */
  async #findLeaks(): Promise<void> {
    try {
      const { leakWarning } = await import("./password-leaks.js");
      const { policy } = this;
      this.#leaked = await leakWarning((typeof policy === "string" ? policy === "nist-800-63b-4" : (policy.minLength ?? 15) >= 15) ? 15 : 8);
      this.measure();
    } catch {
      // It only warns: without it the policy's own list decides, and the server's.
    }
  }

  /** What asks the online service is a file of its own, for the pages that want it. */
  async #watch(): Promise<void> {
    const service = this.getAttribute("pwned");
    const { scope } = this;
    if (service === null || scope === undefined || this.#unwatch) return;
    const { watchBreaches } = await import("./password-breach.js");
    this.#unwatch ??= watchBreaches({
      host: this,
      control: () => this.control,
      words: () => this.meterWords()?.breach,
      language: () => this.language,
      scope,
      service,
      say: (text, found) => {
        this.#breach = text;
        this.#found = found;
        this.measure();
      },
    });
  }

  #contextIds(): readonly string[] {
    return (this.getAttribute("context") ?? "").split(/\s+/).filter(Boolean);
  }

  #context(): string[] {
    const found = this.#contextIds().map((id) => this.scope?.getElementById(id));
    return found.map((each) => (each instanceof HTMLInputElement ? each.value : (each?.textContent ?? ""))).filter((text) => text.trim() !== "");
  }

  #thrifty(): boolean {
    const { saveData, effectiveType } = (navigator as { connection?: Connection }).connection ?? {};
    return !this.hasAttribute("insist") && (saveData === true || effectiveType?.endsWith("2g") === true);
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

let shared: Promise<RankedList> | undefined;

/** The lists of the most used passwords, once a page; a failure is not kept. */
function rankedList(top: string | undefined): Promise<RankedList> {
  shared ??= import("../../lib/password/list.js").then(({ loadList }) => loadList({ top }));
  shared.catch(() => (shared = undefined));
  return shared;
}

/** What the ranked list alone says of a password. */
function listed(rank: number): Estimate {
  return {
    // The bounds of zxcvbn's scores, which the full measurement keeps to.
    score: rank < 1_000 ? 0 : 1,
    guesses: rank,
    guessesLog10: Math.log10(rank),
    warning: rank <= 10 ? "this-is-a-top-10-password" : rank <= 100 ? "this-is-a-top-100-password" : "this-is-a-common-password",
    suggestions: [],
    seconds: { onlineThrottled: rank * 36, onlineUnthrottled: rank / 10, offlineSlow: rank / 1e4, offlineFast: rank / 1e10 },
    bound: "estimate",
    corrections: ["list-rank"],
  };
}
