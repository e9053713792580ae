import type { Gate } from "../gate.js";
import { nameRules, type Missing } from "./rules.js";
import { guard, nothing, wrap, type View } from "./wrap.js";

/** Keeps back what scripts would store while a purpose is missing, as a browser does that blocks it: nothing is said. */
export function makeStorage(attributes: DOMStringMap, gate: Gate, missing: Missing): (view: View) => void {
  const names = nameRules(attributes);
  const held = (kind: string, of: unknown): boolean => {
    const name = String(of);
    return missing(kind === "c" ? "cookie" : "storage", name, names(kind, name)).length > 0;
  };

  return (view) => {
    const kind = (storage: unknown): string => (storage === view.sessionStorage ? "s" : "l");
    const refuse = (): Error => new view.DOMException("The operation is insecure.", "SecurityError");
    const cookie = (text: unknown): boolean => {
      // Whoever deletes a cookie may.
      const deletes = /;\s*(?:max-age=(?:0|-)|expires=thu, 01[ -]jan[ -]1970)/i.test(String(text));
      return !deletes && held("c", String(text).split(/[=;]/)[0]?.trim());
    };
    const name = (first: unknown): unknown => (first as { name?: unknown } | undefined)?.name ?? first;
    const database = (): never => {
      throw refuse();
    };
    wrap(view.Document.prototype, "cookie", guard(cookie, nothing));
    wrap(view.CookieStore?.prototype, "set", guard((first) => held("c", name(first)), () => Promise.resolve()));
    wrap(view.Storage.prototype, "setItem", guard((key, self) => held(kind(self), key), nothing));
    wrap(view.IDBFactory.prototype, "open", guard((key) => held("i", key), database));
    wrap(view.CacheStorage?.prototype, "open", guard((key) => held("k", key), () => Promise.reject(refuse())));

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
