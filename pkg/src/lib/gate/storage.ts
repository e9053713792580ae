import type { Gate } from "../gate.js";
import { nameRules, type Missing } from "./rules.js";
import { wrap, type View } from "./wrap.js";

/** Keeps back what scripts would store while a purpose is missing, as a browser does that blocks it: nothing is said. */
export function makeStorage(attributes: DOMStringMap, gate: Gate, missing: Missing): (view: View) => void {
  const names = nameRules(attributes);
  const held = (kind: string, name: string): boolean => missing(kind === "c" ? "cookie" : "storage", name, names(kind, name)).length > 0;

  return (view) => {
    wrap(view.Document.prototype, "cookie", (native, _self, [text]) => {
      const cookie = String(text);
      // Whoever deletes a cookie may.
      const deletes = /;\s*(?:max-age=(?:0|-)|expires=thu, 01[ -]jan[ -]1970)/i.test(cookie);
      return !deletes && held("c", cookie.split(/[=;]/)[0]?.trim() ?? "") ? undefined : native();
    });
    wrap((view as { CookieStore?: { prototype: object } }).CookieStore?.prototype, "set", (native, _self, [first]) =>
      held("c", String((first as { name?: unknown } | undefined)?.name ?? first)) ? Promise.resolve() : native(),
    );
    const kind = (storage: unknown): string => {
      try {
        return storage === view.sessionStorage ? "s" : "l";
      } catch {
        return "l";
      }
    };
    wrap(view.Storage.prototype, "setItem", (native, self, args) => (args.length > 1 && held(kind(self), String(args[0])) ? undefined : native()));
    const refuse = (): Error => new view.DOMException("The operation is insecure.", "SecurityError");
    wrap(view.IDBFactory.prototype, "open", (native, _self, args) => {
      if (args.length > 0 && held("i", String(args[0]))) throw refuse();
      return native();
    });
    wrap((view as { CacheStorage?: { prototype: object } }).CacheStorage?.prototype, "open", (native, _self, args) =>
      args.length > 0 && held("k", String(args[0])) ? Promise.reject(refuse()) : native(),
    );

    // `localStorage.key = …` is out of a wrapper's sight: what it left is gone before the next page.
    const sweep = (): void => {
      try {
        for (const storage of [view.localStorage, view.sessionStorage]) {
          for (const key of Object.keys(storage)) {
            if (names(kind(storage), key).some((purpose) => !gate.allows(purpose)) && attributes["mode"] !== "observe") storage.removeItem(key);
          }
        }
      } catch {
        // A browser that refuses storage keeps nothing.
      }
    };
    if (view === window) {
      addEventListener("load", sweep);
      addEventListener("pagehide", sweep);
    }
  };
}
