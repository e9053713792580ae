import type { Decision } from "../decision.js";
import type { Gate, GateListener } from "../gate.js";
import type { Dynamic } from "./dynamic.js";
import { makeRelease } from "./release.js";
import { words } from "./words.js";
import { freeze, openStore } from "./store.js";

const day = 86_400;

/** The gate of a page, from the attributes of its script tag; `waits` where it holds by address, too. */
export function makeGate(attributes: DOMStringMap, purposes: readonly string[], waits: Gate["waits"] = () => [], dynamic?: Dynamic): Gate {
  const { policy = "", release, gpc, optOut, reask, domain, banner } = attributes;
  const objected = words(gpc);
  const [afterGrant = Infinity, afterRefusal = Infinity, afterObjection = afterRefusal] = words(reask).map(Number);
  const store = openStore(domain);
  const region = attributes["region"] ?? timedRegion();
  const model = words(optOut).some((each) => region === each || region.startsWith(`${each}-`)) ? "opt-out" : "opt-in";
  const signal = (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;
  const listeners = new Set<GateListener>();
  let persisted = true;
  let decision: Decision | null = null;
  let previous: Decision | null = null;
  let knowing = false;
  const releaseHeld = makeRelease(release, allows, dynamic);

  /** What is stored, if it was stored under this policy and is not to be asked anew. */
  function read(): boolean {
    const stored = store.read();
    persisted = stored !== undefined;
    if (stored === undefined) return false;
    const before = JSON.stringify([decision, knowing]);
    const found = stored.decision;
    const age = found === null ? 0 : Date.now() / 1_000 - found.at;
    const counts =
      found !== null &&
      found.policy === policy &&
      found.granted.every((purpose) => purposes.includes(purpose)) &&
      // Where an objection is enough, one to a single purpose is one.
      age < (model === "opt-out" && found.granted.length < purposes.length ? afterObjection : found.granted.length > 0 ? afterGrant : afterRefusal) * day;
    decision = counts ? found : null;
    previous = counts ? null : found;
    knowing = stored.knowing;
    return JSON.stringify([decision, knowing]) !== before;
  }

  /** Global Privacy Control objects until a visitor who was told of it decides. */
  const objects = (purpose: string): boolean => signal && !(decision && knowing) && objected.includes(purpose);

  function allows(purpose: string): boolean {
    if (objects(purpose)) return false;
    if (decision !== null) return decision.granted.includes(purpose);
    // Who refused before, and is only to be asked again, has not agreed in the meantime.
    return model === "opt-out" && purposes.includes(purpose) && (previous === null || previous.granted.includes(purpose));
  }

  const conflicts = (): boolean => decision?.granted.some(objects) ?? false;

  const observer = new MutationObserver(releaseHeld);

  /** Acts on a decision: one that grants nothing costs nothing to watch. */
  function act(): void {
    observer.disconnect();
    // For a style sheet, which is there before the banner's script: who has decided is not shown the banner again.
    const conflict = conflicts();
    const decided = decision !== null && !conflict;
    const changed = previous !== null && previous.policy !== policy;
    for (const [name, on] of Object.entries({ decided, signal: signal && objected.length > 0, conflict, changed })) {
      document.documentElement.toggleAttribute(`data-sp-${name}`, on);
    }
    // Who has decided is not asked, and needs nobody who asks. The page itself is painted first.
    if (banner && !decided) requestAnimationFrame(() => setTimeout(() => void import(banner)));
    if (!purposes.some(allows)) return;
    observer.observe(document, { childList: true, subtree: true });
    releaseHeld();
  }

  function settle(): void {
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
    decision = freeze({ v: 1, policy, at, granted: purposes.filter((purpose) => granted.includes(purpose)) });
    previous = null;
    knowing = signal;
    persisted = store.write(decision, knowing);
    settle();
    return decision;
  }

  /** Another tab, a sibling origin, or the page's own past in the back-forward cache, may be at odds with what this page knows. */
  function reread(): void {
    if (read()) settle();
  }
  for (const type of ["pageshow", "focus"]) addEventListener(type, reread);
  // Browsers open a connection for this one, which takes them some milliseconds.
  setTimeout(() => addEventListener("storage", reread));
  read();
  act();

  return Object.freeze<Gate>({
    version: 1,
    policy,
    purposes,
    region,
    model,
    signal,
    observed: [],
    get decision() {
      return decision;
    },
    get previous() {
      return previous;
    },
    get persisted() {
      return persisted;
    },
    get conflict() {
      return conflicts();
    },
    allows,
    waits,
    decide,
    withdraw: () => decide([]),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
}

/** The region that a server's `Server-Timing: region;desc="US-CA"` says: a header, so that caches keep one page for all. */
function timedRegion(): string {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return page?.serverTiming?.find(({ name }) => name === "region")?.description ?? "";
}
