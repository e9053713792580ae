import type { CodeTimeDetail } from "./events-one-time-code.js";
import { make } from "./dom.js";
import { isObject, request } from "./requests.js";
import type { OneTimeCodeWords } from "./words-one-time-code.js";
import { fill } from "./words.js";

/** What the clock belongs to. */
export interface ClockHost {
  /** An attribute of the element. */
  attribute(name: string): string | null;
  /** The texts in force. */
  words(): OneTimeCodeWords;
  /** Their language. */
  language(): string;
  /** Says something to people who do not see it. */
  announce(text: string): void;
  /** Tells the shop what happened to the time. */
  changed(change: CodeTimeDetail["change"]): void;
  /** Tells the shop that a step ended; a failure where there is one. */
  asked(step: "resend" | "extend", since: number, failure?: unknown): void;
}

/** How long before the end the shopper is warned, in milliseconds: longer than the 20 seconds of WCAG 2.2, 2.2.1. */
const warning = 60_000;

/** The time that a code still works, the button that extends it, and the one that has another sent. */
export class CodeClock {
  /** What is shown. */
  readonly node: HTMLElement = make("div", { part: "clock", class: "clock" });

  readonly #time = make("p", { part: "time", class: "time", role: "timer" });
  readonly #extend = make("button", { part: "extend", type: "button", hidden: true });
  readonly #resend = make("button", { part: "resend", type: "button", hidden: true });
  readonly #wait = make("p", { part: "wait", class: "muted", hidden: true });
  readonly #problem = make("p", { part: "problem", class: "problem", role: "alert" });
  readonly #host: ClockHost;
  #end = Infinity;
  #resendAt = Infinity;
  #extendable = true;
  #told: "no" | "warned" | "over" = "no";
  #timer: ReturnType<typeof setInterval> | undefined;
  #busy = false;

  constructor(host: ClockHost) {
    this.#host = host;
    this.node.append(this.#time, make("div", { class: "actions" }, this.#extend, this.#resend), this.#wait, this.#problem);
    this.#extend.addEventListener("click", () => void this.#ask("extend"));
    this.#resend.addEventListener("click", () => void this.#ask("resend"));
  }

  /** Whether the time is over. */
  get over(): boolean {
    return this.#end <= performance.now();
  }

  /** Starts from what the server wrote into the page. */
  start(): void {
    this.#set(seconds(this.#host.attribute("expires-in")), seconds(this.#host.attribute("resend-in")) ?? 0);
    this.#told = "no";
    this.resume();
  }

  /** Goes on after the element was moved or its texts changed. */
  resume(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), 1_000);
    this.#tick();
  }

  /** Stops ticking; the time goes on. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #set(expiresIn: number | null, resendIn: number): void {
    const now = performance.now();
    this.#end = expiresIn === null ? Infinity : now + expiresIn * 1_000;
    this.#resendAt = now + resendIn * 1_000;
  }

  #tick(): void {
    const [words, language] = [this.#host.words(), this.#host.language()];
    const now = performance.now();
    const left = this.#end - now;
    const wait = Math.ceil((this.#resendAt - now) / 1_000);
    this.#extend.textContent = words.extend;
    this.#resend.textContent = words.resend;
    this.#time.hidden = left === Infinity;
    this.#time.textContent = left > 0 ? fill(words.remaining, { time: clockText(left, language) }) : words.expired;
    this.#extend.hidden = this.#host.attribute("extend") === null || left === Infinity || left <= 0 || !this.#extendable;
    const resends = this.#host.attribute("resend") !== null;
    this.#resend.hidden = !resends || wait > 0;
    this.#wait.hidden = !resends || wait <= 0;
    this.#wait.textContent = fill(words.resendIn, { seconds: new Intl.NumberFormat(language).format(Math.max(0, wait)) });
    if (left <= 0 && this.#told !== "over") this.#tell("over", words.expired);
    else if (left > 0 && left <= warning && this.#told === "no") this.#tell("warned", words.warning);
  }

  #tell(told: "warned" | "over", text: string): void {
    this.#told = told;
    this.#host.announce(text);
    this.#host.changed(told === "over" ? "over" : "warning");
  }

  async #ask(what: "resend" | "extend"): Promise<void> {
    const address = this.#host.attribute(what);
    if (address === null || this.#busy) return;
    this.#busy = true;
    this.#problem.textContent = "";
    const since = performance.now();
    try {
      const email = this.#host.attribute("email");
      const answer = await request("POST", address, what === "resend" && email !== null ? { email } : {}, { unreachable: "network.failed", refused: "otp.code-refused" });
      const { expires_in: expiresIn, resend_in: resendIn, extendable } = isObject(answer) ? answer : {};
      this.#extendable = extendable !== false;
      this.#set(typeof expiresIn === "number" ? expiresIn : null, typeof resendIn === "number" ? resendIn : 0);
      this.#told = "no";
      this.#tick();
      const words = this.#host.words();
      this.#host.announce(what === "resend" ? words.sent : words.extended);
      this.#host.changed(what === "resend" ? "sent" : "extended");
      this.#host.asked(what, since);
    } catch (failure) {
      this.#problem.textContent = this.#host.words().failed;
      this.#host.asked(what, since, failure);
    } finally {
      this.#busy = false;
    }
  }
}

function seconds(text: string | null): number | null {
  const number = Number(text ?? "");
  return text === null || text.trim() === "" || !Number.isFinite(number) ? null : Math.max(0, number);
}

/** Minutes and seconds in a language's digits. */
function clockText(milliseconds: number, language: string): string {
  const all = Math.ceil(milliseconds / 1_000);
  const number = (value: number, digits: number): string => new Intl.NumberFormat(language, { minimumIntegerDigits: digits, useGrouping: false }).format(value);
  return `${number(Math.floor(all / 60), 1)}:${number(all % 60, 2)}`;
}
