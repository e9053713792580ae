import { readinessBudget } from "../../lib/budget.js";
import { durationBucket, type Capability, type CapabilitySteps, type StepOutcome, type StepReport } from "../../lib/capability.js";
import type { PrivacyErrorCode } from "../../lib/error.js";
import { codeOf } from "./codes.js";
import { StepEvent, UnavailableEvent } from "./events.js";
import { adopt } from "./sheets.js";

export { codeOf } from "./codes.js";

/** Where an element stands. */
export type ElementState = "loading" | "ready" | "unavailable";

// A server renders pages without a DOM: the class must be definable there, although it is never constructed.
export const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement);

/** Registers an element once, and nowhere but in a browser. */
export function define(tag: string, constructor: CustomElementConstructor): void {
  if (typeof customElements === "undefined" || customElements.get(tag) !== undefined) return;
  customElements.define(tag, constructor);
}

/**
 * What every element shares: one shadow root (its own or the server's), the readiness rule, and the two events.
 *
 * A subclass draws itself in {@link StorefrontElement.render}, loads what it needs in {@link StorefrontElement.prepare}, and calls
 * {@link StorefrontElement.start} when it is about to be needed.
 */
export abstract class StorefrontElement<C extends Capability = Capability> extends Base {
  /** Form association and custom states. */
  protected readonly internals: ElementInternals;
  /** The element's shadow root. */
  protected readonly root: ShadowRoot;
  /** What `sp-unavailable` and `sp-step` name. */
  protected abstract readonly capability: C;

  #rendered = false;
  #state: ElementState = "loading";
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #code: PrivacyErrorCode | null = null;
  #running = false;

  constructor(...sheets: readonly string[]) {
    super();
    this.internals = this.attachInternals();
    this.root = this.internals.shadowRoot ?? this.attachShadow({ mode: "open" });
    adopt(this.root, sheets);
  }

  /** Whether the element is getting ready, works, or shows its `unavailable` slot. */
  get state(): ElementState {
    return this.#state;
  }

  /** Why the element is unavailable; `null` while it is not. */
  get code(): PrivacyErrorCode | null {
    return this.#code;
  }

  /** Draws the element, once. */
  protected abstract render(): void;

  /** Loads what the element needs; it is ready when this settles well. */
  protected abstract prepare(): Promise<void>;

  /** Called whenever the state changes. */
  protected stateChanged?(state: ElementState): void;

  /** Part of the custom element's life: draws it the first time. */
  connectedCallback(): void {
    if (!this.#rendered) {
      this.#rendered = true;
      this.render();
    }
    this.#show(this.#state);
    globalThis.addEventListener("online", this.#online);
  }

  /** Part of the custom element's life: stops the clock. */
  disconnectedCallback(): void {
    globalThis.removeEventListener("online", this.#online);
    clearTimeout(this.#timer);
  }

  /** Tries again after a failure, as the element does by itself when the network comes back. */
  retry(): void {
    if (this.#running || this.#state === "ready") return;
    this.#begin();
  }

  /** Begins loading anew, because what was loaded is gone. */
  protected restart(): void {
    if (this.#attempt === 0) return;
    this.#show("loading");
    this.#begin();
  }

  /** Begins loading, once; later calls change nothing. */
  protected start(): void {
    if (this.#attempt === 0) this.#begin();
  }

  /** Shows the `unavailable` slot because something that worked has stopped working. */
  protected fail(code: PrivacyErrorCode): void {
    clearTimeout(this.#timer);
    this.#code = code;
    if (this.#state === "unavailable") return;
    this.#show("unavailable");
    this.dispatchEvent(new UnavailableEvent({ code, capability: this.capability }));
  }

  /** Tells the shop that a step ended. `since` is what `performance.now()` said when it began. */
  protected step(step: CapabilitySteps[C], outcome: StepOutcome, since: number, code: PrivacyErrorCode | null = null): void {
    const duration = durationBucket(performance.now() - since);
    // The step is one of this capability's own by its type; the union over all capabilities cannot see that.
    this.dispatchEvent(new StepEvent({ capability: this.capability, step, outcome, code, duration } as unknown as StepReport));
  }

  readonly #online = (): void => {
    if (this.#state === "unavailable") this.retry();
  };

  #begin(): void {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const since = performance.now();
    this.#running = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (attempt === this.#attempt && this.#state === "loading") this.fail("load.timeout");
    }, readinessBudget);
    this.prepare().then(
      () => {
        if (attempt !== this.#attempt) return;
        this.#running = false;
        clearTimeout(this.#timer);
        const outcome = this.#state === "unavailable" ? "late" : "ok";
        this.#code = null;
        this.#show("ready");
        this.step("load", outcome, since);
      },
      (failure: unknown) => {
        if (attempt !== this.#attempt) return;
        this.#running = false;
        const code = codeOf(failure, "load.missing");
        this.fail(code);
        this.step("load", "failed", since, code);
      },
    );
  }

  #show(state: ElementState): void {
    const before = this.#state;
    this.#state = state;
    this.setAttribute("state", state);
    for (const each of ["loading", "ready", "unavailable"] as const) this.mark(each, each === state);
    if (before !== state || state === "loading") this.stateChanged?.(state);
  }

  /** Sets a custom state, for `:state(name)` in the shop's style sheet. */
  protected mark(name: string, present: boolean): void {
    try {
      if (present) this.internals.states.add(name);
      else this.internals.states.delete(name);
    } catch {
      // Browsers older than :state() take dashed names only; the state attribute says the same there.
    }
  }
}
