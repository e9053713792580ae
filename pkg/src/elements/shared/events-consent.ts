/** What {@link ConsentDecidedEvent} says. */
export interface ConsentDecidedDetail {
  /** The purposes that were granted. */
  readonly granted: readonly string[];
  /** The purposes that were asked for and not granted. */
  readonly denied: readonly string[];
}

/** Fired by `<sp-consent-banner>` and `<sp-privacy-settings>` when a visitor has decided. */
export class ConsentDecidedEvent extends CustomEvent<ConsentDecidedDetail> {
  constructor(detail: ConsentDecidedDetail) {
    super("sp-consent-decided", { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sp-consent-decided": ConsentDecidedEvent;
  }
}
