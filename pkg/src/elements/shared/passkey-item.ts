import { make, uniqueId } from "./dom.js";
import type { PasskeyInformation } from "./events-passkey.js";
import type { PasskeyListWords } from "./words-passkey.js";
import { dateText, fill } from "./words.js";

/** What an item asks its list to do. */
export interface PasskeyItemActions {
  /** Gives the passkey another name. */
  rename(item: PasskeyItem, name: string): Promise<void>;
  /** Removes the passkey; it has been confirmed. */
  remove(item: PasskeyItem): Promise<void>;
}

type View = "plain" | "rename" | "remove";

/** One passkey of `<sp-passkey-list>`: what it is, and its two questions, asked in place. */
export class PasskeyItem {
  /** The list item. */
  readonly node: HTMLLIElement = make("li", { part: "item" });
  /** The passkey as it stands. */
  passkey: PasskeyInformation;

  readonly #name = make("span", { part: "name", class: "name" });
  readonly #facts = make("span", { part: "facts", class: "facts" });
  readonly #rename = make("button", { part: "rename", type: "button" });
  readonly #remove = make("button", { part: "remove", type: "button", class: "danger" });
  readonly #actions = make("div", { class: "actions" }, this.#rename, this.#remove);

  readonly #input = make("input", { part: "input", type: "text", id: uniqueId("passkey-name"), maxlength: 64, autocomplete: "off" });
  readonly #inputLabel = make("span");
  readonly #save = make("button", { part: "rename", type: "submit", class: "primary" });
  readonly #leaveName = make("button", { part: "cancel", type: "button" });
  readonly #form = make(
    "form",
    { class: "rename", hidden: true },
    make("label", { for: this.#input.id }, this.#inputLabel, this.#input),
    this.#save,
    this.#leaveName,
  );

  readonly #question = make("p", { id: uniqueId("passkey-question") });
  readonly #confirm = make("button", { part: "remove", type: "button", class: "danger" });
  readonly #keep = make("button", { part: "cancel", type: "button" });
  readonly #confirmation = make(
    "div",
    { class: "confirmation", role: "group", "aria-labelledby": this.#question.id, hidden: true },
    this.#question,
    this.#confirm,
    this.#keep,
  );

  constructor(passkey: PasskeyInformation, actions: PasskeyItemActions) {
    this.passkey = passkey;
    this.node.append(make("div", { class: "about" }, this.#name, this.#facts), this.#actions, this.#form, this.#confirmation);
    this.#rename.addEventListener("click", () => this.#open("rename"));
    this.#remove.addEventListener("click", () => this.#open("remove"));
    this.#leaveName.addEventListener("click", () => this.settle("rename"));
    this.#keep.addEventListener("click", () => this.settle("remove"));
    this.#confirm.addEventListener("click", () => void actions.remove(this));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = this.#input.value.trim();
      if (name === "" || name === this.passkey.name) this.settle("rename");
      else void actions.rename(this, name);
    });
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      if (!this.#form.hidden) this.settle("rename");
      else if (!this.#confirmation.hidden) this.settle("remove");
    });
  }

  /** Writes every text anew. */
  write(words: PasskeyListWords, language: string): void {
    const { createdAt, lastUsedAt } = this.passkey;
    const name = this.passkey.name || words.nameless;
    this.#name.textContent = name;
    const added = createdAt === null ? [] : [fill(words.added, { date: dateText(createdAt, language) })];
    const used = lastUsedAt === null ? words.unused : fill(words.used, { date: dateText(lastUsedAt, language) });
    this.#tell([...added, used]);
    spell(this.#rename, words.rename, name);
    spell(this.#remove, words.remove, name);
    this.#inputLabel.textContent = words.newName;
    this.#save.textContent = words.save;
    this.#leaveName.textContent = words.cancel;
    this.#question.textContent = fill(words.confirm, { name });
    this.#confirm.textContent = words.confirmed;
    this.#keep.textContent = words.cancel;
  }

  /** The facts, and who keeps the passkey as soon as the list of providers is there. */
  #tell(facts: readonly string[]): void {
    this.#facts.textContent = facts.join(" · ");
    const { aaguid } = this.passkey;
    if (aaguid === null) return;
    import("../../data/passkey-providers.js").then(
      ({ default: names }) => {
        const provider = Object.hasOwn(names, aaguid) ? names[aaguid] : undefined;
        if (provider !== undefined && this.#facts.textContent === facts.join(" · ")) this.#facts.prepend(make("bdi", {}, provider), " · ");
      },
      () => undefined,
    );
  }

  /** Closes what is open, and puts the focus back on the button that opened it. */
  settle(origin: "rename" | "remove"): void {
    this.#show("plain");
    (origin === "rename" ? this.#rename : this.#remove).focus();
  }

  #open(view: "rename" | "remove"): void {
    this.#show(view);
    if (view === "rename") {
      this.#input.value = this.passkey.name;
      this.#input.focus();
      this.#input.select();
    } else {
      // The safe answer has the focus: a second press of Enter removes nothing.
      this.#keep.focus();
    }
  }

  #show(view: View): void {
    this.#actions.hidden = view !== "plain";
    this.#form.hidden = view !== "rename";
    this.#confirmation.hidden = view !== "remove";
  }
}

// The name is beside the button already: it is read, but not shown again.
function spell(button: HTMLButtonElement, template: string, name: string): void {
  const [before = "", after = ""] = template.split("{name}");
  button.replaceChildren(before.trimEnd(), make("span", { class: "spoken" }, ` ${name}`), after);
}
