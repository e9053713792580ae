import { PrivacyError } from "./error.js";

/** What a page's one Trusted Types policy gives out: made by whichever of our scripts is first, shared by all. */
export interface TrustedShare {
  /** The version of this interface. */
  readonly version: 1;
  /** Lets one script address pass. */
  allow(url: string): void;
  /** The address, as what a script sink takes; throws unless it was allowed. */
  scriptURL(url: string): string;
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
  const createScriptURL = (url: string): string => {
    if (allowed.has(url)) return url;
    throw new PrivacyError("load.blocked", `the policy ${name} does not list ${url}`);
  };
  const policy = createPolicy(createScriptURL);
  return Object.freeze<TrustedShare>({
    version: 1,
    allow: (url) => void allowed.add(url),
    scriptURL: (url) => policy.createScriptURL(url),
  });
}

interface Policy {
  createScriptURL(url: string): string;
}

/** The policy, in a browser that has Trusted Types; the same check without them. */
function createPolicy(createScriptURL: Policy["createScriptURL"]): Policy {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;
  if (!factory) return { createScriptURL };
  try {
    return factory.createPolicy(name, { createScriptURL });
  } catch (cause) {
    throw new PrivacyError("load.blocked", `the page's content security policy does not list the Trusted Types policy ${name}`, { cause });
  }
}
