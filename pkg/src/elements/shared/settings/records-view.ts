import type { Policy } from "../../../consent.js";
import { isPrivacyError } from "../../../lib/error.js";
import type { Decision } from "../../../lib/decision.js";
import { forgetHistory, remember } from "../../../lib/history.js";
import { keepReceipts, type KeptReceipt, type ReceiptKeeper } from "../../../receipts.js";
import { make } from "../dom.js";
import { headingAt } from "./heading.js";
import { recordEnglish, type RecordWords } from "../words-settings-more.js";
import { fill, listText } from "../words.js";

/** Where the receipts are, and what they are made from. */
export interface RecordSources {
  /** Where receipts are posted; `null` where the shop keeps none. */
  readonly url: string | null;
  /** The policy file's address. */
  readonly policyUrl: string;
  /** The address of the module that writes them, when it is not beside the script. */
  readonly src: string | null;
  /** The visitor's region, where it is known. */
  readonly region: string | null;
}

/** What was decided, and the receipts of it. */
export class RecordsView {
  /** The view. */
  readonly section: HTMLElement = make("div", { class: "records" });
  readonly #host: Element;
  readonly #policy: Policy;
  readonly #announce: (text: string) => void;
  readonly #keeper: ReceiptKeeper | null;
  readonly #history = make("ol", { part: "history-list", class: "list" });
  readonly #receipts = make("ol", { part: "receipts-list", class: "list" });
  readonly #verdict = make("p", { part: "verdict", class: "verdict", role: "status" });
  readonly #file = make("input", { type: "file", accept: ".json,application/json", class: "spoken", tabindex: "-1", "aria-hidden": "true" });
  #words: RecordWords = recordEnglish;
  #language: string;
  #decision: Decision | null = null;

  constructor(host: Element, policy: Policy, sources: RecordSources, language: string, announce: (text: string) => void) {
    this.#host = host;
    this.#policy = policy;
    this.#language = language;
    this.#announce = announce;
    const { url, policyUrl, src, region } = sources;
    this.#keeper =
      url === null || url === ""
        ? null
        : keepReceipts({ url, policy: policyUrl, ...(src === null ? {} : { src }), ...(region === null || region === "" ? {} : { region }) });
    this.#file.addEventListener("change", () => void this.#check());
  }

  /** Draws it in these words. */
  draw(words: Partial<RecordWords>, language: string): void {
    this.#words = { ...recordEnglish, ...words };
    this.#language = language;
    const { history, forget, receipts, receiptsAbout, download, check, erase } = this.#words;
    const forgetting = this.#button("forget", forget, () => this.#forget());
    const parts: HTMLElement[] = [headingAt(this.#host, history), this.#history, make("div", { class: "actions" }, forgetting)];
    if (this.#keeper !== null) {
      const actions = [
        this.#button("download", download, () => void this.#download()),
        this.#button("check", check, () => this.#file.click()),
        this.#button("erase", erase, () => void this.#erase()),
      ];
      parts.push(headingAt(this.#host, receipts), make("p", { class: "about" }, receiptsAbout), this.#receipts);
      parts.push(make("div", { class: "actions" }, ...actions), this.#file, this.#verdict);
    }
    this.section.replaceChildren(...parts);
    void this.follow(this.#decision);
  }

  /** Shows the present decision, and the receipt of it once that is written. */
  async follow(...decisions: readonly (Decision | null)[]): Promise<void> {
    this.#decision = decisions.at(-1) ?? null;
    this.#drawHistory([]);
    if (this.#keeper === null) return;
    await this.#showReceipts();
    await this.#keeper.settled();
    await this.#showReceipts();
  }

  async #showReceipts(): Promise<void> {
    const words = this.#words;
    try {
      const kept = (await this.#keeper?.list()) ?? [];
      this.#drawHistory(kept);
      const rows = kept.map((receipt) => make("li", {}, `${this.#describe(receipt)} – ${stateOf(receipt, words)}`));
      this.#receipts.replaceChildren(...(rows.length === 0 ? [make("li", { class: "none" }, words.receiptsEmpty)] : rows.reverse()));
    } catch {
      this.#receipts.replaceChildren(make("li", { class: "none" }, words.receiptsOff));
    }
  }

  #drawHistory(kept: readonly KeptReceipt[]): void {
    const known = remember(this.#decision);
    // What was forgotten does not come back from receipts, which have their own list.
    const since = known[0]?.at ?? 0;
    const later = kept.filter(({ at }) => at > since);
    const all = remember(...later.map(({ decision, at, granted }): Decision => ({ v: 1, policy: (JSON.parse(decision) as [string])[0], at, granted })));
    const rows = all.map((decision) => make("li", {}, this.#describe(decision)));
    this.#history.replaceChildren(...(rows.length === 0 ? [make("li", { class: "none" }, this.#words.historyEmpty)] : rows.reverse()));
  }

  #describe({ at, granted }: Pick<Decision, "at" | "granted">): string {
    const names = granted.map((id) => this.#policy.purposes.find((purpose) => purpose.id === id)?.name ?? id);
    return fill(this.#words.historyItem, { date: momentText(at * 1_000, this.#language), names: names.length === 0 ? this.#words.nothing : listText(names, this.#language) });
  }

  #button(part: string, text: string, press: () => void): HTMLButtonElement {
    const button = make("button", { part, type: "button" }, text);
    button.addEventListener("click", press);
    return button;
  }

  #forget(): void {
    forgetHistory();
    this.#drawHistory([]);
    this.#announce(this.#words.history);
  }

  async #download(): Promise<void> {
    const text = await this.#keeper?.file();
    if (text === undefined) return;
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const day = new Date().toISOString().slice(0, 10);
    make("a", { href: url, download: `receipts-${location.hostname}-${day}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  async #check(): Promise<void> {
    const words = this.#words;
    const file = this.#file.files?.[0];
    if (file === undefined || this.#keeper === null) return;
    this.#file.value = "";
    try {
      const { holds, receipts, checks } = await this.#keeper.verify(await file.text());
      const failed = new Set(checks.filter(({ outcome }) => outcome === "fails").map(({ check }) => words.checks[check] ?? check));
      this.#say(holds, holds ? fill(words.holds, { count: receipts.length }) : fill(words.fails, { names: listText([...failed], this.#language) }));
    } catch (failure) {
      this.#say(false, isPrivacyError(failure) && failure.code === "consent.receipt-invalid" ? words.noReceipts : words.receiptsOff);
    }
  }

  #say(holds: boolean, text: string): void {
    this.#verdict.textContent = text;
    this.#verdict.classList.toggle("holds", holds);
  }

  async #erase(): Promise<void> {
    try {
      await this.#keeper?.eraseAll();
      this.#announce(this.#words.erased);
      this.#say(true, this.#words.erased);
    } catch {
      this.#say(false, this.#words.eraseFailed);
    }
    await this.#showReceipts();
  }
}

function stateOf({ evidence, gone }: KeptReceipt, words: RecordWords): string {
  if (evidence !== null) return words.confirmed;
  return gone ? words.alone : words.waiting;
}

function momentText(milliseconds: number, language: string): string {
  const style: Intl.DateTimeFormatOptions = { dateStyle: "long", timeStyle: "short" };
  try {
    return new Intl.DateTimeFormat(language, style).format(milliseconds);
  } catch {
    return new Intl.DateTimeFormat(undefined, style).format(milliseconds);
  }
}
