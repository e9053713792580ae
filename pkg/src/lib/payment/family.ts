import type { SealingGlue } from "../../glue/payment.js";
import type { Core } from "../core.js";

/** A module that seals for a family of algorithms. It has no verbs of its own: `seal` of the payment capability uses it. */
export class SealingModule {
  readonly #core: Core<SealingGlue>;

  /** Not for shops: `load()` of `payment-hpke` and `payment-rsa` gives one. */
  constructor(core: Core<SealingGlue>) {
    this.#core = core;
    Object.freeze(this);
  }

  /** Not for shops: what `seal` calls. */
  static core(module: SealingModule): Core<SealingGlue> {
    return module.#core;
  }
}

/** The families that have a module of their own. */
export type Family = "payment-hpke" | "payment-rsa";

/** Loads a family's module. */
export type LoadFamily = (family: Family) => Promise<SealingModule>;
