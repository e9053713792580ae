import type { Capability, StepReport } from "../../lib/capability.js";
import type { PrivacyErrorCode } from "../../lib/error.js";

/** What {@link UnavailableEvent} says. */
export interface UnavailableDetail {
  /** Why the element cannot work. */
  readonly code: PrivacyErrorCode;
  /** The capability that is missing. */
  readonly capability: Capability;
}

/** Fired when an element shows its `unavailable` slot in place of itself. */
export class UnavailableEvent extends CustomEvent<UnavailableDetail> {
  constructor(detail: UnavailableDetail) {
    super("sp-unavailable", { bubbles: true, composed: true, detail });
  }
}

/** Fired after every step of an element, so that a shop can see its funnel without personal data. */
export class StepEvent extends CustomEvent<StepReport> {
  constructor(detail: StepReport) {
    super("sp-step", { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sp-unavailable": UnavailableEvent;
    "sp-step": StepEvent;
  }
}
