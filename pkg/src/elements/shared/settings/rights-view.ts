import { PrivacyError } from "../../../lib/error.js";
import { memory } from "../../../lib/history.js";
import { make, uniqueId } from "../dom.js";
import { headingAt } from "./heading.js";
import { rightsEnglish, type RightsWords } from "../words-rights.js";
import { dateText, fill } from "../words.js";

/** A request as the backend describes it, in the terms of the Data Rights Protocol. */
interface DataRequest {
  readonly request_id: string;
  readonly action: string;
  readonly status: string;
  readonly received_at: string;
  readonly expected_by: string;
  readonly source: string;
  readonly reason?: string | null;
  readonly results_url?: string;
}

/** What the view works with. */
export interface RightsOptions {
  /** Where requests are posted: one is at this address, a slash and its id; codes are asked for at `/codes`. */
  readonly url: string;
  /** The visitor's region, where it is known. */
  readonly region: string | null;
  /** Speaks to who listens. */
  readonly announce: (text: string) => void;
  /** Takes every grant back in this browser. */
  readonly optOut: () => void;
}

const storageKey = "sp-data-requests";

/** How many requests are remembered. */
const most = 20;

/** Opt-outs come first, and ask nobody who they are. */
const anonymous = ["sale:opt-out", "sensitive:limit"];
const actions = [...anonymous, "access", "portability", "correction", "deletion"];

/** Requests about one's data: a form, and where those stand that were made. */
export class RightsView {
  /** The view. */
  readonly section: HTMLElement = make("div", { class: "rights" });
  readonly #host: Element;
  readonly #options: RightsOptions;
  #words: RightsWords = rightsEnglish;
  #language = "en";
  #signedIn = false;

  readonly #about = make("p", { class: "about" });
  readonly #action = make("select", { id: uniqueId("action"), name: "action" });
  readonly #detail = make("textarea", { id: uniqueId("detail"), name: "detail", rows: 3, maxlength: 1000 });
  readonly #email = make("input", { id: uniqueId("email"), name: "email", type: "email", autocomplete: "email" });
  readonly #sendCode = make("button", { type: "button", part: "send-code" });
  readonly #code = make("input", { id: uniqueId("code"), name: "code", inputmode: "numeric", autocomplete: "one-time-code" });
  readonly #deletes = make("p", { class: "about" });
  readonly #who = make("p", { class: "about" });
  readonly #labels = { action: label(this.#action), detail: label(this.#detail), email: label(this.#email), code: label(this.#code) };
  readonly #correction = make("div", { class: "field" }, this.#labels.detail, this.#detail);
  readonly #identity = make("div", { class: "field" }, this.#who, this.#labels.email, this.#email, this.#sendCode, this.#labels.code, this.#code);
  readonly #send = make("button", { type: "submit", class: "primary", part: "send" });
  readonly #said = make("p", { role: "status", class: "verdict" });
  readonly #form = make(
    "form",
    { part: "request", novalidate: true },
    make("div", { class: "field" }, this.#labels.action, this.#action),
    this.#correction,
    this.#deletes,
    this.#identity,
    make("div", { class: "actions" }, this.#send),
    this.#said,
  );
  #made: HTMLElement | undefined;
  readonly #list = make("ol", { part: "requests-list", class: "list" });

  constructor(host: Element, options: RightsOptions) {
    this.#host = host;
    this.#options = options;
    this.#action.addEventListener("change", () => this.#adapt());
    this.#sendCode.addEventListener("click", () => void this.#mail());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  /** Draws it in these words. */
  draw(words: Partial<RightsWords>, language: string): void {
    const said = { ...rightsEnglish, ...words };
    this.#words = said;
    this.#language = language;
    const chosen = this.#action.value;
    this.#action.replaceChildren(...actions.map((action) => make("option", { value: action }, said.actions[action] ?? action)));
    if (chosen !== "") this.#action.value = chosen;
    this.#about.textContent = said.about;
    this.#labels.action.textContent = said.action;
    this.#labels.detail.textContent = said.detail;
    this.#labels.email.textContent = said.email;
    this.#labels.code.textContent = said.code;
    this.#deletes.textContent = said.deletes;
    this.#who.textContent = said.who;
    this.#sendCode.textContent = said.sendCode;
    this.#send.textContent = said.send;
    const made = headingAt(this.#host, said.requests);
    this.#made = made;
    this.section.replaceChildren(headingAt(this.#host, said.heading), this.#about, this.#form, made, this.#list);
    this.#adapt();
    void this.#refresh();
  }

  #adapt(): void {
    const action = this.#action.value;
    this.#correction.hidden = action !== "correction";
    this.#deletes.hidden = action !== "deletion";
    this.#identity.hidden = this.#signedIn || anonymous.includes(action);
  }

  async #mail(): Promise<void> {
    if (await this.#attempt(() => this.#ask("POST", "/codes", { email: this.#email.value }))) {
      this.#say(this.#words.codeSent, true);
      this.#code.focus();
    }
  }

  async #submit(): Promise<void> {
    const action = this.#action.value;
    // It holds in this browser before the shop has answered, and also when it does not.
    if (anonymous.includes(action)) this.#options.optOut();
    const body = { action, region: this.#options.region ?? "", detail: this.#detail.value, email: this.#signedIn ? "" : this.#email.value, code: this.#code.value };
    const made = await this.#attempt(() => this.#ask("POST", "", body), () => this.#askWho());
    if (made === null) return;
    const request = made as DataRequest;
    remember(request.request_id);
    this.#code.value = "";
    this.#detail.value = "";
    this.#say([this.#words.sent, this.#due(request), request.reason ?? ""].join(" ").trim(), true);
    await this.#refresh();
  }

  /** A sign-in that is too old for this is none: the shopper is shown the other way. */
  #askWho(): void {
    if (!this.#signedIn) return;
    this.#signedIn = false;
    this.#adapt();
    this.#say(this.#words.who, false);
    this.#email.focus();
  }

  async #attempt(ask: () => Promise<unknown>, lapsed?: () => void): Promise<unknown> {
    this.#send.disabled = true;
    try {
      return (await ask()) ?? true;
    } catch (failure) {
      const status = failure instanceof PrivacyError ? failure.cause : null;
      this.#say(status === 429 ? this.#words.tooOften : typeof status === "number" ? this.#words.refused : this.#words.away, false);
      if (status === 401) lapsed?.();
      return null;
    } finally {
      this.#send.disabled = false;
    }
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const headers: Record<string, string> = { accept: "application/json" };
    if (body !== undefined) headers["content-type"] = "application/json";
    const response = await fetch(this.#options.url + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
    });
    // What nobody reads would keep the page loading.
    if (!response.ok) await response.body?.cancel();
    if (!response.ok) throw new PrivacyError("consent.request-refused", `the request was answered with ${response.status}`, { cause: response.status });
    const text = await response.text();
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  }

  /** The signed-in shopper's requests, and those that this browser remembers. */
  async #refresh(): Promise<void> {
    let requests: DataRequest[] = [];
    try {
      requests = ((await this.#ask("GET", "")) as { requests: DataRequest[] }).requests;
      this.#signedIn = true;
    } catch {
      this.#signedIn = false;
    }
    this.#adapt();
    const known = new Set(requests.map(({ request_id: id }) => id));
    for (const id of remembered().map(([each]) => each).filter((each) => !known.has(each))) {
      try {
        requests.push((await this.#ask("GET", `/${id}`)) as DataRequest);
      } catch {
        // The shop does not know it any more, or cannot be reached.
      }
    }
    this.#list.hidden = requests.length === 0;
    if (this.#made !== undefined) this.#made.hidden = requests.length === 0;
    this.#list.replaceChildren(...requests.map((request) => this.#row(request)));
  }

  #row(request: DataRequest): HTMLElement {
    const { request_id: id, action, status, received_at: received, results_url: copy } = request;
    const words = this.#words;
    const date = dateText(Date.parse(received), this.#language);
    const row = make("li", {}, make("p", {}, fill(words.item, { action: words.actions[action] ?? action, date, status: words.states[status] ?? status })));
    if (status === "open" || status === "in_progress") {
      row.append(make("p", { class: "about" }, this.#due(request)));
      const revoke = make("button", { type: "button", part: "revoke" }, words.revoke);
      revoke.addEventListener("click", () => void this.#attempt(() => this.#ask("DELETE", `/${id}`)).then(() => this.#refresh()));
      row.append(revoke);
    }
    if (copy !== undefined && new URL(copy, document.baseURI).origin === location.origin) {
      row.append(make("a", { href: copy, download: `${action}-${received.slice(0, 10)}.json` }, words.fetch));
    }
    return row;
  }

  #due({ expected_by: date, source }: DataRequest): string {
    return fill(this.#words.due, { date: dateText(Date.parse(date), this.#language), source });
  }

  #say(text: string, well: boolean): void {
    this.#said.textContent = text;
    this.#said.classList.toggle("holds", well);
  }
}

function label(control: HTMLElement): HTMLLabelElement {
  return make("label", { for: control.id });
}

/** A request that this browser made: its id, and when, in seconds since 1970. */
type Remembered = readonly [id: string, at: number];

function remembered(): Remembered[] {
  const since = Date.now() / 1_000 - memory;
  const fits = (each: unknown): each is Remembered => Array.isArray(each) && /^[0-9a-f]{32}$/.test(String(each[0])) && Number(each[1]) > since;
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter(fits).slice(-most) : [];
  } catch {
    return [];
  }
}

function remember(id: string): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify([...remembered(), [id, Math.floor(Date.now() / 1_000)]].slice(-most)));
  } catch {
    // A shopper who is signed in finds it with the shop.
  }
}
