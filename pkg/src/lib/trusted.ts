import { PrivacyError } from "./error.js";

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

/**
 * An address of ours as a `Worker` takes it where Trusted Types are enforced; the address itself elsewhere.
 *
 * Called with a finished URL, never around `new URL(…, import.meta.url)`: a bundler would not see the asset.
 */
export function trustedScriptURL(url: URL | string): string {
  const share = trusted();
  const address = String(url);
  share.allow(address);
  return share.scriptURL(address);
}

/** Markup of ours, which holds nothing that a page or a visitor wrote, as a frame's `srcdoc` takes it. */
export function trustedMarkup(markup: string): string {
  const share = trusted();
  share.allow(markup);
  return share.html(markup);
}

/** The share of this page; throws `load.blocked` where the page does not list the policy. */
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
    throw new PrivacyError("load.blocked", `${name} does not list ${text}`);
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
    throw new PrivacyError("load.blocked", `the page does not list the policy ${name}`, { cause });
  }
}
