/** What {@link CodeCompleteEvent} says; never the code. */
export interface CodeCompleteDetail {
  /** How the digits came: typed, pasted, or from a text message. */
  readonly from: "keyboard" | "paste" | "message";
}

/** Fired by `<sp-one-time-code>` when all digits are there. */
export class CodeCompleteEvent extends CustomEvent<CodeCompleteDetail> {
  constructor(detail: CodeCompleteDetail) {
    super("sp-code-complete", { bubbles: true, composed: true, detail });
  }
}

/** What {@link CodeTimeEvent} says. */
export interface CodeTimeDetail {
  /** What happened to the time: less than a minute is left, it is over, it was extended, or another code was sent. */
  readonly change: "warning" | "over" | "extended" | "sent";
}

/** Fired by `<sp-one-time-code>` when the time for a code changes. */
export class CodeTimeEvent extends CustomEvent<CodeTimeDetail> {
  constructor(detail: CodeTimeDetail) {
    super("sp-code-time", { bubbles: true, composed: true, detail });
  }
}

/** What {@link RecoveryCodesKeptEvent} says; never the codes. */
export interface RecoveryCodesKeptDetail {
  /** What the shopper did. */
  readonly how: "copied" | "downloaded" | "printed" | "confirmed";
}

/** Fired by `<sp-one-time-code view="recovery">` when the shopper keeps the codes. */
export class RecoveryCodesKeptEvent extends CustomEvent<RecoveryCodesKeptDetail> {
  constructor(detail: RecoveryCodesKeptDetail) {
    super("sp-recovery-codes-kept", { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sp-code-complete": CodeCompleteEvent;
    "sp-code-time": CodeTimeEvent;
    "sp-recovery-codes-kept": RecoveryCodesKeptEvent;
  }
}
