import type { PrivacyErrorCode } from "./error.js";

/** What a page's one Trusted Types policy gives out: made by whichever of our scripts is first, shared by all. */
export interface TrustedShare {
  /** The version of this interface. */
  readonly version: 1;
  /** Lets one script address, or one constant text of markup, pass. */
  allow(text: string): void;
  /** The address, as what a script sink takes; throws unless it was allowed. */
  scriptURL(url: string): string;
  /** The markup, as what a frame's `srcdoc` takes; throws unless it was allowed. */
  html(markup: string): string;
}

const name = "storefront-privacy";

/** The share of this page; throws what `isPrivacyError` recognises, with `load.blocked`, where the page does not list the policy. */
export function trusted(): TrustedShare {
  const shared = globalThis as Record<symbol, TrustedShare | undefined>;
  const key = Symbol.for("storefront-privacy.trusted");
  const existing = shared[key];
  if (existing) return existing;
  const share = makeShare();
  Object.defineProperty(globalThis, key, { value: share });
  return share;
}

function makeShare(): TrustedShare {
  const allowed = new Set<string>();
  const pass = (text: string): string => {
    if (allowed.has(text)) return text;
    throw blocked(`${name} does not list ${text}`);
  };
  const policy = createPolicy({ createScriptURL: pass, createHTML: pass });
  return Object.freeze<TrustedShare>({
    version: 1,
    allow: (text) => void allowed.add(text),
    scriptURL: (url) => policy.createScriptURL(url),
    html: (markup) => policy.createHTML(markup),
  });
}

interface Policy {
  createScriptURL(url: string): string;
  createHTML(markup: string): string;
}

/** The policy, in a browser that has Trusted Types; the same check without them. */
function createPolicy(rules: Policy): Policy {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;
  if (!factory) return rules;
  try {
    return factory.createPolicy(name, rules);
  } catch (cause) {
    throw blocked(`the page does not list the policy ${name}`, cause);
  }
}

/** What `isPrivacyError` recognises: the class itself would be a part of the gate for this alone. */
function blocked(message: string, cause?: unknown): Error {
  const code: PrivacyErrorCode = "load.blocked";
  return Object.assign(new Error(message, { cause }), { name: "PrivacyError", code });
}
