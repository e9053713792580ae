import type { Gate } from "../gate.js";
import type { Missing } from "./rules.js";
import { wrap, type Stand, type View } from "./wrap.js";

/**
 * Refuses what scripts send while a purpose is missing, as a network refuses it: none of these is sent later, as what it says is
 * from before the visitor agreed.
 */
export function makeNetwork(gate: Gate, missing: Missing): (view: View) => void {
  return (view) => {
    const held = (channel: string, address: unknown): boolean => {
      const text = typeof address === "object" && address !== null && "url" in address ? String(address.url) : String(address);
      return missing(channel, text, gate.waits(text)).length > 0;
    };
    /** A wrapper of what takes an address first: it gives what `refuse` gives where that is held. */
    const guard =
      (channel: string, refuse: (self: object) => unknown): Stand =>
      (native, self, args) =>
        args.length > 0 && held(channel, args[0]) ? refuse(self) : native();
    const failed = guard("fetch", () => Promise.reject(new view.TypeError("Failed to fetch")));
    wrap(view, "fetch", failed);
    wrap(view, "fetchLater", failed);
    wrap(view.Navigator.prototype, "sendBeacon", guard("beacon", () => false));

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
      if (address === undefined || !held("xhr", address)) return native();
      if (sync) throw new view.DOMException("Failed to load.", "NetworkError");
      const request = self as XMLHttpRequest;
      setTimeout(() => {
        Object.defineProperty(request, "readyState", { value: 4, configurable: true });
        request.dispatchEvent(new Event("readystatechange"));
        for (const type of ["error", "loadend"]) request.dispatchEvent(new ProgressEvent(type));
      });
      return undefined;
    });

    /** A connection that never came about. */
    const dead = (prototype: object, url: unknown, members: Record<string, unknown>, end: () => Event[]): EventTarget => {
      const target = new view.EventTarget();
      Object.setPrototypeOf(target, prototype);
      const own: Record<string, unknown> = { url: String(url), readyState: 0, onopen: null, onmessage: null, onerror: null, onclose: null, close: () => undefined, ...members };
      for (const name of Object.keys(own)) Object.defineProperty(target, name, { value: own[name], writable: true, configurable: true });
      setTimeout(() => {
        (target as { readyState?: unknown }).readyState = own["ended"];
        for (const event of end()) {
          target.dispatchEvent(event);
          const handler = (target as unknown as Record<string, unknown>)[`on${event.type}`];
          if (typeof handler === "function") Reflect.apply(handler, target, [event]);
        }
      });
      return target;
    };
    const connection = (name: string, members: Record<string, unknown>, end: () => Event[]): void => {
      wrap(view, name, (native, prototype, args) =>
        args.length > 0 && held(name === "WebSocket" ? "socket" : "event-source", args[0]) ? dead(prototype, args[0], members, end) : native(),
      );
    };
    const error = (): Event => new Event("error");
    connection("WebSocket", { ended: 3, bufferedAmount: 0, extensions: "", protocol: "", binaryType: "blob", send: () => undefined }, () => [error(), new CloseEvent("close", { code: 1006 })]);
    connection("EventSource", { ended: 2, withCredentials: false }, () => [error()]);
    const refused = (): never => {
      throw new view.DOMException("Opening handshake failed.", "NetworkError");
    };
    wrap(view, "WebTransport", guard("web-transport", refused));
  };
}
