/** One passkey as the shop's server describes it. */
export interface PasskeyInformation {
  /** The id the server knows it by. */
  readonly id: string;
  /** The name its owner gave it. */
  readonly name: string;
  /** The model of the authenticator, or the provider that keeps it, as a UUID; `null` when the server does not say. */
  readonly aaguid: string | null;
  /** When it was added, in milliseconds since 1970; `null` when the server does not say. */
  readonly createdAt: number | null;
  /** When it was last used, in milliseconds since 1970; `null` when never. */
  readonly lastUsedAt: number | null;
}

/** What {@link PasskeySignedInEvent} says. */
export interface PasskeySignedInDetail {
  /** What the server answered, the session. */
  readonly session: unknown;
  /** Where the page goes next unless the event is cancelled; `null` when nowhere. */
  readonly next: string | null;
}

/** Fired by `<sp-passkey-signin>` when the server has accepted a passkey. Cancel it to stay on the page. */
export class PasskeySignedInEvent extends CustomEvent<PasskeySignedInDetail> {
  constructor(detail: PasskeySignedInDetail) {
    super("sp-passkey-signed-in", { bubbles: true, composed: true, cancelable: true, detail });
  }
}

/** Fired by `<sp-passkey-list>` when a passkey was added. */
export class PasskeyAddedEvent extends CustomEvent<PasskeyInformation> {
  constructor(detail: PasskeyInformation) {
    super("sp-passkey-added", { bubbles: true, composed: true, detail });
  }
}

/** Fired by `<sp-passkey-list>` when a passkey was removed. */
export class PasskeyRemovedEvent extends CustomEvent<PasskeyInformation> {
  constructor(detail: PasskeyInformation) {
    super("sp-passkey-removed", { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sp-passkey-signed-in": PasskeySignedInEvent;
    "sp-passkey-added": PasskeyAddedEvent;
    "sp-passkey-removed": PasskeyRemovedEvent;
  }
}
