// The script of the card's frame: a document of its own, of no origin, from which nothing leads out but one port.
import createHpke from "../glue/payment-hpke.js";
import createRsa from "../glue/payment-rsa.js";
import create from "../glue/payment.js";
import type { CardDress } from "../elements/shared/card-desk.js";
import { CardView } from "../elements/shared/card-view.js";
import { codeOf } from "../elements/shared/codes.js";
import { make } from "../elements/shared/dom.js";
import { adopt, ownRule } from "../elements/shared/sheets.js";
import { moduleFailure } from "../lib/broken.js";
import { instantiate } from "../lib/core.js";
import { PrivacyError } from "../lib/error.js";
import { SealingModule, type Family, type LoadFamily } from "../lib/payment/family.js";
import { pinTo } from "../lib/payment/roots.js";
import card from "../styles/payment-card.css.js";
import frame from "../styles/payment-frame.css.js";
import theme from "../styles/theme.css.js";
import { open, type CardField, type Payment } from "../verbs/payment.js";
import { OPENS, type Answer, type Opening, type Report, type Request, type Requests, type Telling } from "../elements/shared/card-protocol.js";
import { setTokens } from "../elements/shared/card-tokens.js";

tighten();
addEventListener("message", begin);

// No script is taken from here on, not even one with the digest of this one. It is said here as well as in the frame's markup because
// WebKit loses the page's 'self' where markup has a policy: there the markup goes without.
function tighten(): void {
  const policy = make("meta", { "http-equiv": "Content-Security-Policy", content: "default-src 'none'; script-src 'wasm-unsafe-eval'; form-action 'none'; base-uri 'none'" });
  document.head.append(policy);
}

/** The digests of the only modules that this frame runs, whoever brings them. */
declare const MODULE_DIGESTS: Readonly<Record<"payment" | Family, string>>;

/** The page's first message brings the port; no other message is ever listened to. */
function begin({ source, data, origin, ports }: MessageEvent<Opening>): void {
  const [port] = ports;
  if (source !== parent || port === undefined || ports.length !== 1 || data?.opens !== OPENS) return;
  removeEventListener("message", begin);
  new CardFrame(port, origin, data.dress);
}

/** Compiles a module, if it is the one that this frame was built with. */
async function compile(name: "payment" | Family, bytes: ArrayBuffer): Promise<WebAssembly.Module> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
  if (btoa(String.fromCharCode(...digest)) !== MODULE_DIGESTS[name]) throw new PrivacyError("load.corrupt", "the module is not the one that this frame was built with");
  const module = await WebAssembly.compile(bytes).catch((caught: unknown) => moduleFailure(caught, "the module's bytes are damaged"));
  if (module instanceof PrivacyError) throw module;
  return module;
}

class CardFrame {
  readonly #port: MessagePort;
  readonly #origin: string;
  readonly #host = make("div");
  readonly #rule: CSSStyleDeclaration;
  readonly #view: CardView;
  readonly #families = new Map<Family, SealingModule>();
  #payment: Payment | undefined;
  #bytes: ArrayBuffer | null = null;

  constructor(port: MessagePort, origin: string, dress: CardDress) {
    this.#port = port;
    this.#origin = origin;
    const root = this.#host.attachShadow({ mode: "open" });
    adopt(root, [theme, card]);
    adopt(document, [frame]);
    this.#rule = ownRule(document, ":root");
    this.#view = new CardView(this.#host, dress, {
      changed: (what) => this.#report({ report: "changed", what }),
      broken: (what) => {
        this.#view.enable(false);
        this.#report({ report: "broken", what });
      },
    });
    root.append(this.#view.node);
    // The sandbox lets no form be submitted here: the page's own form is, with what this one seals.
    this.#host.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
      event.preventDefault();
      this.#report({ report: "submit", what: null });
    });
    // Browsers fill in a form more readily than inputs by themselves.
    document.body.append(make("form", { autocomplete: "on" }, this.#host));
    this.#dress(dress);
    new ResizeObserver(() => this.#report({ report: "height", what: Math.ceil(document.body.getBoundingClientRect().height) })).observe(document.body);
    addEventListener("pagehide", () => this.#view.forget());
    port.onmessage = ({ data }: MessageEvent<Request | Telling>): void => {
      if ("ask" in data) void this.#answer(data);
      else this.#hear(data);
    };
    this.#report({ report: "here", what: null });
  }

  #hear(telling: Telling): void {
    if (telling.tell === "dress") this.#dress(telling.what);
    else if (telling.tell === "enable") this.#view.enable(telling.what);
    else if (telling.tell === "focus") this.#focus(telling.what);
    else this.#view[telling.tell]();
  }

  /** Chromium may tell that the page has lost and given the focus after the message that asks for it, and takes it from the field again. */
  #focus(field: CardField): void {
    const again = (): void => this.#view.focus(field);
    addEventListener("focus", again);
    setTimeout(() => removeEventListener("focus", again), 300);
    again();
  }

  async #answer(request: Request): Promise<void> {
    const { id } = request;
    try {
      this.#send({ id, value: await this.#do(request) });
    } catch (failure) {
      const code = codeOf(failure, request.ask === "start" ? "load.corrupt" : "payment.seal-failed");
      // The message of one of our own errors never holds what was typed; another's might.
      this.#send({ id, code, message: failure instanceof PrivacyError ? failure.message : "the card's frame failed" });
    }
  }

  async #do(request: Request): Promise<Requests[keyof Requests][1]> {
    if (request.ask === "start") return this.#start(request.what);
    if (request.ask === "check") return this.#view.check();
    if (request.ask === "trust") return this.#trust(request.what);
    if (request.ask === "family") return this.#family(request.what);
    return this.#view.seal(request.what);
  }

  async #start(bytes: ArrayBuffer | null): Promise<null> {
    this.#bytes = bytes ?? this.#bytes;
    if (this.#bytes === null) throw new PrivacyError("load.missing", "expected the bytes of the module");
    const module = await compile("payment", this.#bytes).catch((failure: unknown) => {
      this.#bytes = null;
      throw failure;
    });
    const family: LoadFamily = async (name) => {
      const loaded = this.#families.get(name);
      if (loaded === undefined) throw new PrivacyError("payment.key-unsupported", `expected the module ${name}`);
      return loaded;
    };
    this.#payment = open(await instantiate(create, module, () => undefined, moduleFailure), family);
    this.#view.use(this.#payment);
    return null;
  }

  #trust({ roots, manifest, merchant, newest }: Requests["trust"][0]): Requests["trust"][1] {
    const payment = this.#payment;
    if (payment === undefined) throw new PrivacyError("payment.key-unreachable", "expected the module before its keys");
    pinTo(payment, roots);
    const keys = payment.trust(manifest, { merchant, origin: this.#origin, newest });
    const { module } = payment.keyOf(keys);
    this.#view.trust(keys);
    return { sequence: keys.sequence, module };
  }

  async #family({ name, bytes }: Requests["family"][0]): Promise<null> {
    const module = await compile(name, bytes);
    const glue = name === "payment-hpke" ? createHpke : createRsa;
    this.#families.set(name, new SealingModule(await instantiate(glue, module, () => this.#families.delete(name), moduleFailure)));
    return null;
  }

  #dress(dress: CardDress): void {
    document.documentElement.lang = dress.language;
    document.documentElement.dir = dress.direction;
    document.title = dress.words.label;
    setTokens(this.#rule, dress.tokens);
    this.#view.dress(dress);
  }

  #report(report: Report): void {
    this.#port.postMessage(report);
  }

  #send(answer: Answer): void {
    this.#port.postMessage(answer);
  }
}
