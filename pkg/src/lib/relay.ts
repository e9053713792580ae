/** The two interfaces that vendors' scripts ask for, by the name of their function. */
export type ApiName = "__tcfapi" | "__gpp";

/** A call that came as a message: what `__tcfapiCall` and `__gppCall` hold. */
export interface MessageCall {
  /** What is asked. */
  readonly command?: unknown;
  /** The version of the interface that the caller speaks. */
  readonly version?: unknown;
  /** The command's one argument. */
  readonly parameter?: unknown;
  /** What the answer is to name. */
  readonly callId?: unknown;
}

/** Takes an answer: the value, and whether the call was one that could be answered. */
export type Answer = (value: unknown, success: boolean) => void;

/** Whether this window, or one that frames it, says that it has the interface. */
export function isLocated(name: ApiName): boolean {
  let frame: Window | undefined;
  for (let next: Window = window; frame !== next; next = frame.parent) {
    frame = next;
    try {
      if (`${name}Locator` in frame) return true;
    } catch {
      // A window of another origin tells only of what it has.
    }
  }
  return false;
}

/**
 * Makes the interface reachable from frames: a locator frame, empty and not shown, and answers to messages from any
 * origin (CMP API v2 "How can vendors that use iframes call the CMP API?", GPP "Using postMessage").
 */
export function publish(name: ApiName, invoke: (call: MessageCall, answer: Answer) => void): void {
  const frame = document.createElement("iframe");
  frame.name = `${name}Locator`;
  frame.style.display = "none";
  const locate = (): unknown => (document.body ? document.body.append(frame) : setTimeout(locate, 5));
  locate();
  addEventListener("message", ({ data, source, origin }: MessageEvent<unknown>) => {
    try {
      const asText = typeof data === "string";
      const call = ((asText ? JSON.parse(data) : data) as Record<string, MessageCall>)[`${name}Call`];
      if (!call) return;
      invoke(call, (returnValue, success) => {
        const reply = { [`${name}Return`]: { returnValue, success, callId: call.callId } };
        source?.postMessage(asText ? JSON.stringify(reply) : reply, { targetOrigin: origin === "null" ? "*" : origin });
      });
    } catch {
      // Whatever else a frame sends is not for us, and must not stop what is.
    }
  });
}
