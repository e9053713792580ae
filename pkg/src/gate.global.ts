/*
 * The consent gate, as a classic script:
 *
 *     <script src="/gate.js" data-policy="2026-11" data-purposes="analytics" data-release="https://stats.example/s.js"></script>
 *     <script type="text/plain" data-purpose="analytics" data-src="https://stats.example/s.js"></script>
 *
 * It runs before the scripts that it holds, without a module and without a request. It releases a script only
 * when all of its purposes are granted under the policy on the page and its address is listed for release.
 */
import type { Decision } from "./lib/decision.js";
import { gateKey, type Gate, type GateHolder, type GateListener } from "./lib/gate.js";
import { trusted, type TrustedShare } from "./lib/trusted.js";

const storageKey = "sp-consent";
const inert = 'script[type="text/plain"][data-purpose]';

/** How far a clock may be ahead before a stored time is not believed, in seconds. */
const clockSkew = 86_400;

const words = (text: string | undefined): string[] => (text ?? "").split(/\s+/).filter(Boolean);
const absolute = (url: string): string => {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return "";
  }
};

function makeGate({ policy = "", purposes: listed, release }: DOMStringMap): Gate {
  const purposes = Object.freeze(words(listed));
  const releasable = new Set(words(release).map(absolute));
  const listeners = new Set<GateListener>();
  let share: TrustedShare | undefined;
  let persisted = true;
  let decision: Decision | null = null;
  decision = read();

  /** What is stored, if it was stored by us under this policy; anything else is as good as nothing. */
  function read(): Decision | null {
    let stored: string | null;
    try {
      stored = localStorage.getItem(storageKey);
    } catch {
      persisted = false;
      return decision;
    }
    return parse(stored, policy, purposes);
  }

  function allows(purpose: string): boolean {
    return decision?.granted.includes(purpose) ?? false;
  }

  function releaseHeld(): void {
    for (const held of document.querySelectorAll<HTMLScriptElement>(inert)) {
      const wanted = words(held.dataset["purpose"]);
      const url = absolute(held.dataset["src"] ?? held.getAttribute("src") ?? "");
      if (wanted.length && wanted.every(allows) && releasable.has(url)) run(held, url);
    }
  }

  /** An inert script never runs, even with its type changed (HTML, "already started"): a copy takes its place. */
  function run(held: HTMLScriptElement, url: string): void {
    const script = document.createElement("script");
    for (const { name, value } of held.attributes) {
      if (!/^(type|src|data-src|data-purpose|async|defer|nonce|on.*)$/.test(name)) script.setAttribute(name, value);
    }
    script.nonce = held.nonce;
    script.async = false;
    try {
      share ??= trusted();
      share.allow(url);
      script.src = share.scriptURL(url);
      held.replaceWith(script);
    } catch (cause) {
      console.error("storefront-privacy: the page's policy refuses to release", url, cause);
    }
  }

  const observer = new MutationObserver(releaseHeld);

  /** Acts on a decision: one that grants nothing costs nothing to watch. */
  function act(): void {
    observer.disconnect();
    // For a style sheet, which is there before the banner's script: who has decided is not shown the banner again.
    document.documentElement.toggleAttribute("data-sp-decided", decision !== null);
    if (!decision?.granted.length) return;
    observer.observe(document, { childList: true, subtree: true });
    releaseHeld();
  }

  function settle(next: Decision | null): void {
    decision = next;
    act();
    for (const listener of [...listeners]) {
      try {
        listener(decision);
      } catch (cause) {
        reportError(cause);
      }
    }
  }

  function decide(granted: readonly string[]): Decision {
    const at = Math.floor(Date.now() / 1_000);
    const next: Decision = freeze({ v: 1, policy, at, granted: purposes.filter((purpose) => granted.includes(purpose)) });
    try {
      localStorage.setItem(storageKey, JSON.stringify(next));
      persisted = true;
    } catch {
      persisted = false;
    }
    settle(next);
    return next;
  }

  /** Another tab, or the page's own past in the back-forward cache, may be at odds with what this page knows. */
  function reread(): void {
    const next = read();
    if (JSON.stringify(next) !== JSON.stringify(decision)) settle(next);
  }
  addEventListener("storage", (event) => {
    if (event.key === storageKey || event.key === null) reread();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) reread();
  });
  act();

  return Object.freeze<Gate>({
    version: 1,
    policy,
    purposes,
    get decision() {
      return decision;
    },
    get persisted() {
      return persisted;
    },
    allows,
    decide,
    withdraw: () => decide([]),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
}

function parse(stored: string | null, policy: string, purposes: readonly string[]): Decision | null {
  try {
    const { v, policy: decidedUnder, at, granted } = JSON.parse(stored ?? "") as Partial<Decision>;
    const believable =
      v === 1 &&
      decidedUnder === policy &&
      Number.isSafeInteger(at) &&
      Number(at) >= 0 &&
      Number(at) <= Date.now() / 1_000 + clockSkew &&
      Array.isArray(granted) &&
      granted.every((purpose) => purposes.includes(purpose as string));
    return believable ? freeze({ v, policy, at: Number(at), granted: granted as string[] }) : null;
  } catch {
    return null;
  }
}

function freeze(decision: Decision): Decision {
  Object.freeze(decision.granted);
  return Object.freeze(decision);
}

const holder = globalThis as GateHolder;
const own = document.currentScript ?? document.querySelector("script[data-policy][data-purposes]");
if (!holder[gateKey] && own instanceof HTMLScriptElement) {
  Object.defineProperty(holder, gateKey, { value: makeGate(own.dataset) });
}
