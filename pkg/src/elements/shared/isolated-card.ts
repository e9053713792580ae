import integrity from "../../frame/integrity.js";
import { OPENS, type Answer, type Opening, type Report, type Requests, type Telling } from "./card-protocol.js";
import { PrivacyError } from "../../lib/error.js";
import { moduleBytes } from "../../lib/module-bytes.js";
import { newestOf, remember } from "../../lib/payment/newest.js";
import { pinnedRoots } from "../../lib/payment/roots.js";
import type { Family } from "../../lib/payment/family.js";
import { trustedMarkup } from "../../lib/trusted.js";
import type { CardField, FieldProblem, Order } from "../../verbs/payment.js";
import type { CardDesk, CardDress, CardListener, SealedCard } from "./card-desk.js";
import type { CardFiles } from "./card-files.js";
import { make } from "./dom.js";
import { ownRule } from "./sheets.js";
import { watchPresses, whenUnpressed } from "./unpressed.js";

// Taken when this module is loaded: a script that replaces one of them later has no say in what the frame is told.
const Channel = globalThis.MessageChannel as typeof MessageChannel | undefined;
const post = bound(globalThis.MessagePort);

type Post = (port: MessagePort, message: unknown, transfer?: readonly Transferable[]) => void;

function bound(type: typeof MessagePort | undefined): Post | undefined {
  const native: unknown = type && Reflect.get(type.prototype, "postMessage");
  return typeof native === "function" ? (Function.prototype.call.bind(native) as Post) : undefined;
}

/** Where the frame is shown. */
const SLOT = "frame";

/** How long the frame's script may take to answer once the frame is there, in milliseconds. */
const PATIENCE = 400;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (failure: PrivacyError) => void;
}

/** Card fields in a frame of no origin, which the page's scripts cannot look into and which has no way out but its port. */
export class IsolatedCard implements CardDesk {
  readonly #files: () => CardFiles;
  readonly #told: CardListener;
  readonly #host: HTMLElement;
  readonly #measure: CSSStyleDeclaration;
  readonly #waiting = new Map<number, Waiting>();
  #frame: HTMLIFrameElement | undefined;
  #port: MessagePort | undefined;
  #dress: CardDress;
  #started = false;
  readonly #families = new Set<Family>();
  #serial = 0;

  /** Prepares a frame that stands in the page's own tree, among the host's children, and is shown in `place`: Chromium does not
   *  fill in a frame that is within a shadow root. */
  constructor(host: HTMLElement, root: ShadowRoot, place: HTMLElement, dress: CardDress, files: () => CardFiles, told: CardListener) {
    this.#files = files;
    this.#told = told;
    this.#host = host;
    this.#dress = dress;
    this.#measure = ownRule(root, "::slotted(iframe)");
    const slot = make("slot", { name: SLOT });
    // What fills the host anew may throw the frame out.
    slot.addEventListener("slotchange", () => this.#frame?.isConnected === false && this.#lost(this.#frame));
    place.replaceChildren(slot);
    watchPresses();
  }

  async prepare(): Promise<void> {
    const bytes = this.#started ? Promise.resolve(null) : moduleBytes(this.#files().module);
    // It is waited for below; until then nobody else may call its failure unhandled.
    bytes.catch(() => undefined);
    if (this.#port === undefined) await this.#open();
    const module = await bytes;
    await this.#ask("start", module, module === null ? [] : [module]);
    this.#started = true;
  }

  dress(dress: CardDress): void {
    this.#dress = dress;
    if (this.#frame !== undefined) this.#frame.title = dress.words.label;
    this.#tell({ tell: "dress", what: dress });
  }

  enable(open: boolean): void {
    this.#tell({ tell: "enable", what: open });
  }

  focus(field: CardField): void {
    this.#frame?.focus();
    this.#tell({ tell: "focus", what: field });
  }

  check(): Promise<readonly FieldProblem[]> {
    return this.#ask("check", null);
  }

  async trust(manifest: string, merchant: string): Promise<void> {
    const roots = pinnedRoots();
    if (roots === undefined) throw new PrivacyError("payment.roots-refused", "expected pin({ roots }) before keys can be trusted");
    const { sequence, module: name } = await this.#ask("trust", { roots, manifest, merchant, newest: newestOf(merchant) });
    remember(merchant, sequence);
    if (name === "payment" || this.#families.has(name)) return;
    const bytes = await moduleBytes(this.#files().families[name]);
    await this.#ask("family", { name, bytes }, [bytes]);
    this.#families.add(name);
  }

  seal(order: Order): Promise<SealedCard> {
    return this.#ask("seal", order);
  }

  forget(): void {
    this.#tell({ tell: "forget", what: null });
  }

  reset(): void {
    this.#tell({ tell: "reset", what: null });
  }

  close(): void {
    this.#port?.close();
    this.#port = undefined;
    this.#started = false;
    this.#families.clear();
    this.#frame?.remove();
    this.#frame = undefined;
    for (const { reject } of this.#waiting.values()) reject(new PrivacyError("payment.seal-failed", "the card's frame is gone"));
    this.#waiting.clear();
  }

  /** Builds the frame, twice where the browser takes the page's own policy for less than it is once the markup has one. */
  async #open(): Promise<void> {
    if (Channel === undefined || post === undefined) throw new PrivacyError("browser.unsupported", "this browser lacks MessageChannel");
    for (const policy of [`default-src 'none'; script-src '${integrity}' 'wasm-unsafe-eval'; form-action 'none'; base-uri 'none'`, null]) {
      this.close();
      if (await this.#shake(await this.#build(policy), new Channel())) return;
    }
    this.close();
    throw await this.#silence();
  }

  /** Resolves when the frame's document, with its script, has been loaded. */
  #build(policy: string | null): Promise<HTMLIFrameElement> {
    const script = String(new URL(this.#files().script, document.baseURI)).replaceAll("&", "&amp;");
    const meta = policy === null ? "" : `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
    const markup = `<!doctype html><html><head><meta charset="utf-8">${meta}<script src="${script}" integrity="${integrity}" crossorigin="anonymous"></script></head><body></body></html>`;
    const frame = make("iframe", { slot: SLOT, title: this.#dress.words.label, sandbox: "allow-scripts", allow: "autofill", referrerpolicy: "no-referrer" });
    // eslint-disable-next-line no-restricted-properties -- the one frame whose markup is constant, and goes through the policy
    frame.srcdoc = trustedMarkup(markup);
    this.#frame = frame;
    return new Promise((resolve) => {
      frame.addEventListener("load", () => resolve(frame), { once: true });
      // A copy of the host has a copy of its frame, which nobody talks to.
      for (const copy of this.#host.querySelectorAll(`:scope > [slot=${SLOT}]`)) copy.remove();
      this.#host.append(frame);
    });
  }

  /** Hands one end of a channel to the frame, and waits until it answers there. */
  #shake(frame: HTMLIFrameElement, { port1, port2 }: MessageChannel): Promise<boolean> {
    return new Promise((resolve) => {
      setTimeout(() => resolve(false), PATIENCE);
      port1.onmessage = ({ data }: MessageEvent<Answer | Report>): void => {
        if ("report" in data && data.report === "here") {
          this.#port = port1;
          resolve(true);
          // A frame that is loaded anew has gone elsewhere, and what is there now is not ours.
          frame.addEventListener("load", () => this.#lost(frame));
        } else {
          this.#hear(data);
        }
      };
      const opening: Opening = { opens: OPENS, dress: this.#dress };
      // A frame of no origin can be named by no origin; what is sent holds nothing that anyone may not know.
      frame.contentWindow?.postMessage(opening, "*", [port2]);
    });
  }

  #lost(frame: HTMLIFrameElement): void {
    if (this.#frame !== frame) return;
    this.close();
    this.#told.broken("load.blocked");
  }

  /** Why a frame that is there does not answer. */
  async #silence(): Promise<PrivacyError> {
    const address = this.#files().script;
    const { ok, status } = await fetch(address, { method: "HEAD" }).catch(() => ({ ok: false, status: 0 }));
    if (status === 0 || status >= 500) return new PrivacyError("network.failed", `the frame's script could not be fetched from ${String(address)}`);
    return ok
      ? new PrivacyError("load.blocked", "the frame's script did not run: it needs Access-Control-Allow-Origin: *, its own digest, and script-src that allows it")
      : new PrivacyError("load.missing", `expected the frame's script at ${String(address)}, found status ${status}`);
  }

  #hear(data: Answer | Report): void {
    if ("id" in data) {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("code" in data) waiting?.reject(new PrivacyError(data.code, data.message));
      else waiting?.resolve(data.value as never);
    } else if (data.report === "height") {
      const height = Math.min(Math.max(data.what, 0), 4_000);
      whenUnpressed(() => this.#measure.setProperty("block-size", `${height}px`, "important"));
    } else if (data.report === "changed") {
      this.#told.changed(data.what);
    } else if (data.report === "submit") {
      this.#told.submit();
    } else if (data.report === "broken") {
      this.#told.broken(data.what);
    }
  }

  #ask<V extends keyof Requests>(ask: V, what: Requests[V][0], transfer: readonly Transferable[] = []): Promise<Requests[V][1]> {
    const id = ++this.#serial;
    return new Promise((resolve, reject) => {
      if (this.#port === undefined || post === undefined) {
        reject(new PrivacyError("payment.seal-failed", "the card's frame is not there"));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      post(this.#port, { ask, id, what }, transfer);
    });
  }

  #tell(telling: Telling): void {
    if (this.#port !== undefined && post !== undefined) post(this.#port, telling);
  }
}
