import { durationBucket, type CapabilitySteps, type StepOutcome } from "../../lib/capability.js";
import { isPrivacyError, type PrivacyErrorCode } from "../../lib/error.js";
import { checkPolicy, type CustomPolicy, type PolicyId } from "../../lib/password/policy.js";
import sheet from "../../styles/password-suggestion.css.js";
import type { GeneratedPassword, PasswordGenerator } from "../../verbs/password-generate.js";
import { make } from "./dom.js";
import { PasswordSuggestedEvent, type PasswordSuggestedDetail } from "./events-suggestion.js";
import { StepEvent } from "./events.js";
import type { PasswordElement } from "./password-element.js";
import type { PasswordPanel } from "./password-panel.js";
import { adopt } from "./sheets.js";
import type { PasswordFieldWords } from "./words-password-field.js";
import { fill } from "./words.js";

type Kind = PasswordSuggestedDetail["kind"];

/** The field that offers a password. */
type Host = PasswordElement & { readonly words: { readonly field: PasswordFieldWords } | null; revealed: boolean };

const offers = new WeakMap<Host, Offer>();

/** Puts the button that suggests a password among a field's tools, or words it anew. */
export function offer(host: Host, tools: HTMLElement, panel: PasswordPanel): void {
  const made = offers.get(host) ?? new Offer(host, tools, panel);
  offers.set(host, made);
  made.worded();
}

class Offer {
  readonly #host: Host;
  readonly #panel: PasswordPanel;
  readonly #open = make("button", { part: "suggest", type: "button", "aria-expanded": "false", "aria-controls": "offer" });
  readonly #label = make("span", { id: "suggested", class: "heading", dir: "auto" });
  readonly #legend = make("legend", { class: "muted", dir: "auto" });
  readonly #choices: Readonly<Record<Kind, HTMLInputElement>> = { words: choice("words"), characters: choice("characters") };
  readonly #names: Readonly<Record<Kind, HTMLElement>> = { words: make("span"), characters: make("span") };
  readonly #kinds = make("fieldset", { part: "kinds" }, this.#legend);
  // A password reads from left to right in every language; a change of it is spoken, as the output of a control is.
  readonly #text = make("output", { part: "suggestion", dir: "ltr", translate: "no", "aria-labelledby": "suggested" });
  readonly #entropy = make("p", { part: "entropy", dir: "auto" });
  readonly #keep = make("p", { class: "muted", dir: "auto" });
  readonly #use = make("button", { part: "use", class: "primary", type: "button" });
  readonly #another = make("button", { part: "another", type: "button" });
  readonly #close = make("button", { part: "close", type: "button" });
  readonly #group: HTMLElement;
  #made: GeneratedPassword | null = null;
  #serial = 0;

  constructor(host: Host, tools: HTMLElement, panel: PasswordPanel) {
    this.#host = host;
    this.#panel = panel;
    for (const kind of ["words", "characters"] as const) {
      this.#kinds.append(make("label", { dir: "auto" }, this.#choices[kind], this.#names[kind]));
      this.#choices[kind].addEventListener("change", () => void this.#suggest());
    }
    this.#choices.words.checked = true;
    const buttons = make("div", { class: "tools" }, this.#use, this.#another, this.#close);
    this.#group = make("div", { part: "offer", id: "offer", class: "suggestion", role: "group", "aria-labelledby": "suggested", hidden: true }, this.#label, this.#kinds, this.#text, this.#entropy, this.#keep, buttons);
    this.#open.addEventListener("click", () => (this.#group.hidden ? this.#show() : this.#hide()));
    this.#use.addEventListener("click", () => this.#take());
    this.#another.addEventListener("click", () => void this.#suggest());
    this.#close.addEventListener("click", () => this.#leave());
    this.#group.addEventListener("keydown", ({ key }) => key === "Escape" && this.#leave());
    const root = tools.getRootNode();
    if (root instanceof ShadowRoot) adopt(root, [sheet]);
    tools.append(this.#open);
    tools.after(this.#group);
  }

  /** Writes every text in the field's language. */
  worded(): void {
    const words = this.#words;
    this.#open.hidden = !this.#host.hasAttribute("suggest");
    if (this.#open.hidden) this.#hide();
    if (words === undefined) return;
    this.#open.textContent = words.open;
    this.#label.textContent = words.label;
    this.#legend.textContent = words.kinds.label;
    this.#names.words.textContent = words.kinds.words;
    this.#names.characters.textContent = words.kinds.characters;
    this.#use.textContent = words.use;
    this.#another.textContent = words.another;
    this.#close.textContent = words.close;
    this.#keep.textContent = words.keep;
    this.#group.lang = this.#open.lang = this.#panel.node.lang;
    this.#tell();
  }

  get #words(): PasswordFieldWords["suggestion"] | undefined {
    return this.#host.words?.field.suggestion;
  }

  #show(): void {
    this.#group.hidden = false;
    this.#open.setAttribute("aria-expanded", "true");
    void this.#suggest();
  }

  #hide(): void {
    this.#serial += 1;
    this.#made = null;
    this.#text.replaceChildren();
    this.#group.hidden = true;
    this.#open.setAttribute("aria-expanded", "false");
  }

  #leave(): void {
    this.#hide();
    this.#open.focus();
  }

  async #suggest(): Promise<void> {
    const serial = ++this.#serial;
    let since = performance.now();
    this.#kinds.hidden = !fitsWords(this.#host.policy);
    try {
      // A module of 29 KB, for those who ask for a password.
      const { load } = await import("../../lib/password/generate.js");
      const generator = await load();
      if (serial !== this.#serial) return;
      this.#step("load", "ok", since);
      since = performance.now();
      this.#made = this.#generate(generator);
      this.#step("suggest", "ok", since);
    } catch (failure) {
      if (serial !== this.#serial) return;
      this.#made = null;
      this.#step("load", "failed", since, isPrivacyError(failure) ? failure.code : "load.missing");
    }
    this.#tell();
  }

  get #kind(): Kind {
    return !this.#kinds.hidden && this.#choices.words.checked ? "words" : "characters";
  }

  /** One that the policy accepts. Few are not: a short one that is nearly a word of context. */
  #generate(generator: PasswordGenerator): GeneratedPassword {
    const { policy } = this.#host;
    const require = typeof policy === "string" ? [] : (policy.require ?? []);
    const phrase = { capitalise: require.includes("upper"), number: require.includes("digit") };
    const make = (): GeneratedPassword => (this.#kind === "words" ? generator.generatePassphrase(phrase) : generator.generatePassword({ policy }));
    const context = (this.#host.getAttribute("context") ?? "").split(/\s+/).map((id) => textOf(this.#host, id));
    let made = make();
    for (let tries = 0; tries < 20 && !checkPolicy(policy, made.password, { context: context.filter(Boolean) }).passed; tries += 1) made = make();
    return made;
  }

  #tell(): void {
    const made = this.#made;
    const words = this.#words;
    if (words === undefined || this.#group.hidden) return;
    this.#text.textContent = made?.password ?? "";
    this.#entropy.textContent = made ? this.#worth(made) : words.failed;
    this.#text.hidden = this.#use.hidden = this.#keep.hidden = made === null;
  }

  #worth({ entropy }: GeneratedPassword): string {
    const bits = new Intl.NumberFormat(this.#panel.node.lang).format(Math.floor(entropy));
    return fill(this.#words?.entropy ?? "", { bits });
  }

  /** Fills it in as a keyboard or a manager would, and shows it: nobody has seen it anywhere else. */
  #take(): void {
    const { control } = this.#host;
    const made = this.#made;
    if (control === null || made === null) return;
    const kind = this.#kind;
    this.#hide();
    // A framework may watch the input by a property of its own; this one is under it.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(control, made.password);
    for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    this.#host.revealed = true;
    control.focus();
    this.#panel.announce(`${this.#words?.used ?? ""} ${this.#worth(made)}`, 0);
    this.#step("use", "ok", performance.now());
    this.#host.dispatchEvent(new PasswordSuggestedEvent({ kind, entropy: made.entropy }));
  }

  #step(step: CapabilitySteps["password-generate"], outcome: StepOutcome, since: number, code: PrivacyErrorCode | null = null): void {
    this.#host.dispatchEvent(new StepEvent({ capability: "password-generate", step, outcome, code, duration: durationBucket(performance.now() - since) }));
  }
}

function choice(kind: Kind): HTMLInputElement {
  return make("input", { type: "radio", name: "kind", value: kind });
}

/** Whether every passphrase of six words of three to nine letters, five hyphens and perhaps a digit meets the policy. */
function fitsWords(policy: PolicyId | CustomPolicy): boolean {
  if (typeof policy === "string") return true;
  const { minLength = 15, maxLength = 256, maxConsecutive = 2 } = policy;
  return minLength <= 23 && maxLength >= 60 && maxConsecutive >= 2;
}

/** What is typed or written in an element that the field names. */
function textOf(host: HTMLElement, id: string): string {
  const found = (host.getRootNode() as Document | ShadowRoot).getElementById(id);
  return found instanceof HTMLInputElement ? found.value : (found?.textContent ?? "");
}
