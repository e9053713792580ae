/* eslint-disable @typescript-eslint/unbound-method -- native functions are taken while they are, and called on what they are to work on */
import type { Decision } from "../decision.js";

const storageKey = "sp-consent";
/** When the decision was made that Global Privacy Control was known to: a grant after that is the visitor's own. */
const signalKey = "sp-consent-signal";

/** How far a clock may be ahead before a stored time is not believed, in seconds. */
const clockSkew = 86_400;

/** Taken before any other script can replace them. */
const getItem = Storage.prototype.getItem;
const setItem = Storage.prototype.setItem;

/** What is stored. */
export interface Stored {
  /** A decision in our form, under whatever version; `null` for anything else. */
  readonly decision: Decision | null;
  /** Whether it was made while the browser sent Global Privacy Control. */
  readonly knowing: boolean;
}

/** Where decisions are kept: in this origin's storage, and in a cookie where subdomains share one. */
export interface DecisionStore {
  /** What is stored; `undefined` where the browser refuses. */
  read(): Stored | undefined;
  /** Stores it; `false` where the browser refuses. */
  write(decision: Decision, knowing: boolean): boolean;
}

export function openStore(domain: string | undefined): DecisionStore {
  return {
    read() {
      try {
        const found = [parse(getItem.call(localStorage, storageKey)), domain === undefined ? null : readCookie()];
        const knownAt = getItem.call(localStorage, signalKey);
        const [first = null] = (found.filter(Boolean) as Decision[]).sort((a, b) => b.at - a.at);
        return { decision: first, knowing: String(first?.at) === knownAt };
      } catch {
        return undefined;
      }
    },
    write(decision, knowing) {
      const text = JSON.stringify(decision);
      if (domain !== undefined) {
        const secure = location.protocol === "https:" ? ";secure" : "";
        document.cookie = `${storageKey}=${encodeURIComponent(text)};domain=${domain};path=/;max-age=34560000;samesite=lax${secure}`;
      }
      try {
        setItem.call(localStorage, storageKey, text);
        if (knowing) setItem.call(localStorage, signalKey, String(decision.at));
        return true;
      } catch {
        try {
          // Storage that is full must not bring back what was decided before.
          localStorage.removeItem(storageKey);
        } catch {
          // A browser that refuses storage has nothing there.
        }
        return false;
      }
    },
  };
}

function readCookie(): Decision | null {
  const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${storageKey}=`));
  return parse(found?.slice(storageKey.length + 1), decodeURIComponent);
}

/** A decision in our form that a clock may have made; anything else is as good as nothing. */
function parse(stored: string | null | undefined, decode: (text: string) => string = String): Decision | null {
  try {
    const { v, policy, at, granted } = JSON.parse(decode(stored ?? "")) as Partial<Decision>;
    const time = Number.isSafeInteger(at) ? Number(at) : -1;
    const believable =
      v === 1 &&
      typeof policy === "string" &&
      time >= 0 &&
      time <= Date.now() / 1_000 + clockSkew &&
      Array.isArray(granted) &&
      granted.every((purpose) => typeof purpose === "string");
    return believable ? freeze({ v, policy, at: time, granted }) : null;
  } catch {
    return null;
  }
}

export function freeze(decision: Decision): Decision {
  Object.freeze(decision.granted);
  return Object.freeze(decision);
}
