import type { RankedList } from "../../lib/password/list.js";
import { leaks, lists } from "../../lib/password/lists.js";
import type { CustomPolicy, PolicyId } from "../../lib/password/policy.js";
import type { Estimate, Password, PasswordRule } from "../../verbs/password.js";
import { codeOf, type ElementState } from "./base.js";
import { PasswordEstimatedEvent } from "./events-password.js";
import { PasswordBar } from "./password-bar.js";
import type { JudgedRule, PasswordPanel } from "./password-panel.js";
import type { PasswordMeterWords } from "./words-password-meter.js";
import { fill, listText } from "./words.js";

/** How long to wait, in milliseconds, when another element's newer password is measured instead. */
const again = 50;

interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** What a session needs of its element, which may change meanwhile. */
export interface Measured {
  /** The element that events are fired at, and whose attributes say where things are. */
  readonly host: HTMLElement;
  /** What shows what is found. */
  readonly panel: PasswordPanel;
  /** The input. */
  readonly control: () => HTMLInputElement | null;
  /** Where the input is. */
  readonly scope: () => Document | ShadowRoot | undefined;
  /** The texts. */
  readonly words: () => PasswordMeterWords | null;
  /** Their language. */
  readonly language: () => string;
  /** The policy. */
  readonly policy: () => PolicyId | CustomPolicy;
  /** Where the element stands. */
  readonly state: () => ElementState;
  /** Judges what is typed anew. */
  readonly measure: () => void;
  /** Tells the shop that measuring ended. */
  readonly step: (outcome: "ok" | "failed", since: number, code?: ReturnType<typeof codeOf>) => void;
  /** Shows that the full measurement is not to be had any more. */
  readonly fail: (code: ReturnType<typeof codeOf>) => void;
}

/** What a password element does from the first focus on: the ranked list, the full measurement, the warnings of leaks. */
export class PasswordSession {
  /** The most used passwords, once they are there. */
  list: RankedList | undefined;
  /** What the online service is said to know. */
  breach = "";
  /** Whether that is a breach. */
  found = false;

  readonly #of: Measured;
  readonly #bar: PasswordBar;
  #full: Password | undefined;
  #serial = 0;
  #leaked: ((password: string) => Promise<number | null>) | undefined;
  #unwatch: (() => void) | undefined;

  constructor(of: Measured) {
    this.#of = of;
    this.#bar = new PasswordBar(of.panel);
  }

  /** Loads the list and, beside it, the full measurement; settles well when that is there, or not wanted. */
  async begin(): Promise<void> {
    const { host, measure } = this.#of;
    const address = (name: string): string | undefined => host.getAttribute(name) ?? undefined;
    let full: Promise<Password> | undefined;
    if (!thrifty(host)) {
      full = import("../../lib/password/load.js").then(({ load }) => load({ source: address("src"), worker: address("worker") }));
      // Where it fails first, the list is not held up by that.
      full.catch(() => undefined);
      void this.#findLeaks();
    }
    this.list ??= await lists(address("list")).catch(() => undefined);
    measure();
    await this.watch();
    if (full !== undefined) this.#full = await full;
  }

  /** Asks the online service where the page wants that: what asks is a file of its own. */
  async watch(): Promise<void> {
    const { host, control, words, language, measure } = this.#of;
    const service = host.getAttribute("pwned");
    if (service === null || this.#unwatch) return;
    const { watchBreaches } = await import("./password-breach.js");
    const scope = this.#of.scope();
    if (scope === undefined || !host.isConnected) return;
    const say = (text: string, found: boolean): void => {
      [this.breach, this.found] = [text, found];
      measure();
    };
    this.#unwatch ??= watchBreaches({ host, control, words: () => words()?.breach, language, scope, service, say });
  }

  /** Stops asking. */
  stop(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  /** Shows what the list says of a password, and measures it in full where that is loaded. */
  show(password: string, context: readonly string[], failed: readonly JudgedRule[], words: PasswordMeterWords): void {
    const { panel, state } = this.#of;
    const language = this.#of.language();
    const serial = ++this.#serial;
    panel.warn(this.breach, this.found);
    if (this.breach === "") this.#warn(serial, password, words, language);
    if (password === "") {
      this.#bar.measure(null, [], words, language);
      panel.announce("");
      return;
    }
    const rank = this.list?.top.get(password) ?? null;
    if (rank !== null) this.#tell(listed(rank), rank, failed, words);
    if (this.#full !== undefined && state() === "ready") this.#measureFully(serial, password, context, rank, failed, words);
    else if (rank === null && state() !== "loading") this.#tell(null, null, failed, words);
  }

  /** Says that a password is among the leaked ones, and how often that is wrong. */
  #warn(serial: number, password: string, { breach }: PasswordMeterWords, language: string): void {
    this.#leaked?.(password).then(
      (rate) => {
        if (rate === null || serial !== this.#serial) return;
        const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(rate);
        this.#of.panel.warn(fill(breach.offline, { rate: percent }), false);
      },
      // It only warns: without it the policy's own list decides, and the server's.
      () => undefined,
    );
  }

  #measureFully(serial: number, password: string, context: readonly string[], rank: number | null, failed: readonly JudgedRule[], words: PasswordMeterWords): void {
    const { measure, step, fail } = this.#of;
    const since = performance.now();
    this.#full?.estimate(password, context, this.list && rank).then(
      (estimate) => {
        step("ok", since);
        if (serial === this.#serial) this.#tell(estimate, rank, failed, words);
      },
      (failure: unknown) => {
        if (failure instanceof DOMException) {
          // A newer one took its place: this element's own, or that of another one on the page.
          if (serial === this.#serial) setTimeout(() => serial === this.#serial && measure(), again);
          return;
        }
        const code = codeOf(failure, "module.trapped");
        step("failed", since, code);
        if (code !== "worker.late" && code !== "input.too-long") fail(code);
        else if (serial === this.#serial && rank === null) this.#tell(null, null, failed, words);
      },
    );
  }

  #tell(estimate: Estimate | null, rank: number | null, failed: readonly JudgedRule[], words: PasswordMeterWords): void {
    const { host, panel } = this.#of;
    const language = this.#of.language();
    const { warning = null, suggestions = [] } = estimate ?? {};
    const texts = [
      rank === null ? warning && words.warnings[warning] : fill(words.rank, { count: new Intl.NumberFormat(language).format(rank) }),
      ...suggestions.map((code) => words.suggestions[code]),
      estimate?.bound === "lower" && words.lower,
    ].filter((text) => typeof text === "string");
    this.#bar.measure(estimate, texts, words, language);
    const verdict = estimate && fill(words.announcement, { verdict: words.verdicts[estimate.score] });
    const missing = failed.length > 0 && fill(words.missing, { rules: listText(failed.map(({ text }) => text), language) });
    panel.announce([verdict, missing, this.breach].filter(Boolean).join(" "));
    host.dispatchEvent(
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

  /** The filter of leaked passwords that are long enough for the policy: 12 KB from 15 characters on, 49 KB from 8 on. */
  async #findLeaks(): Promise<void> {
    try {
      const policy = this.#of.policy();
      this.#leaked = await leaks((typeof policy === "string" ? policy === "nist-800-63b-4" : (policy.minLength ?? 15) >= 15) ? 15 : 8);
      this.#of.measure();
    } catch {
      // As where it does not answer.
    }
  }
}

function thrifty(host: HTMLElement): boolean {
  const { saveData, effectiveType } = (navigator as { connection?: Connection }).connection ?? {};
  return !host.hasAttribute("insist") && (saveData === true || effectiveType?.endsWith("2g") === true);
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
