import type { Gate } from "../gate.js";
import type { Missing } from "./rules.js";
import { absolute } from "./words.js";
import { guard, nothing, wrap, type View } from "./wrap.js";

/**
 * Refuses what scripts send while a purpose is missing, as a network refuses it: none of these is sent later, as what it says is
 * from before the visitor agreed.
 */
export function makeNetwork(gate: Gate, missing: Missing): (view: View) => void {
  return (view) => {
    const held =
      (channel: string) =>
      (address: unknown): boolean => {
        const url = absolute(String((address as { url?: unknown } | null | undefined)?.url ?? address), view.document.baseURI);
        return missing(channel, url, gate.waits(url)).length > 0;
      };
    const failure = (name = "NetworkError"): Error => new view.DOMException("Failed to load.", name);
    const unfetched = (): Promise<never> => Promise.reject(new view.TypeError("Failed to fetch"));
    const failed = guard(held("fetch"), unfetched);
    wrap(view, "fetch", failed);
    wrap(view, "fetchLater", failed);
    wrap(view.Cache?.prototype, "add", failed);
    wrap(view.Cache?.prototype, "addAll", (native, _self, args) => {
      const requests = Array.from((args[0] ?? []) as Iterable<unknown>);
      if (requests.length > 0) args[0] = requests;
      return requests.some(held("fetch")) ? unfetched() : native();
    });
    wrap(view.Worklet?.prototype, "addModule", guard(held("worklet"), () => Promise.reject(failure("AbortError"))));
    wrap(view.Navigator.prototype, "sendBeacon", guard(held("beacon"), () => false));

    const opened = new WeakMap<object, readonly [address: unknown, sync: boolean]>();
    const xhr = view.XMLHttpRequest.prototype;
    wrap(xhr, "open", (native, self, args) => {
      const result = native();
      delete (self as { readyState?: number }).readyState;
      opened.set(self, [args[1], args.length > 2 && !args[2]]);
      return result;
    });
    wrap(xhr, "send", (native, self) => {
      const [address, sync] = opened.get(self) ?? [];
      if (address === undefined || !held("xhr")(address)) return native();
      if (sync) throw failure();
      const request = self as XMLHttpRequest;
      setTimeout(() => {
        Object.defineProperty(request, "readyState", { value: 4, configurable: true });
        request.dispatchEvent(new Event("readystatechange"));
        for (const type of ["error", "loadend"]) request.dispatchEvent(new ProgressEvent(type));
      });
      return undefined;
    });

    /** A connection that never came about, with its own members in the place of what a real one's prototype reads and sets. */
    const connection = (name: string, channel: string, ended: number, members: object): void => {
      const dead = (url: unknown, prototype: object): object => {
        const none = { onopen: null, onmessage: null, onerror: null, onclose: null, close: nothing };
        const target = Object.assign(new view.EventTarget(), { url: String(url), readyState: 0, ...none, ...members });
        const fire = (event: Event): void => {
          target.dispatchEvent(event);
          (target as unknown as Record<string, ((event: Event) => void) | null>)[`on${event.type}`]?.(event);
        };
        setTimeout(() => {
          target.readyState = ended;
          fire(new Event("error"));
          if (ended === 3) fire(new CloseEvent("close", { code: 1006 }));
        });
        return Object.setPrototypeOf(target, prototype) as object;
      };
      wrap(view, name, guard(held(channel), dead));
    };
    connection("WebSocket", "socket", 3, { bufferedAmount: 0, extensions: "", protocol: "", binaryType: "blob", send: nothing });
    connection("EventSource", "event-source", 2, { withCredentials: false });
    const refused = (): never => {
      throw failure();
    };
    wrap(view, "WebTransport", guard(held("web-transport"), refused));
  };
}
