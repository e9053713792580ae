import type { ToolsGlue } from "../glue/tools.js";
import type { Core } from "../lib/core.js";

/** Which expectation a finding is about; `form` where the file cannot be read as a policy. */
export type PolicyRule =
  | "form"
  | "missing-fact"
  | "unequal-choice"
  | "unclear-text"
  | "essential-origins"
  | "unreviewed-language"
  | "missing-translation"
  | "region-model"
  | "legal-basis"
  | "reask";

/** Something in a policy file that should be put right. */
export interface PolicyFinding {
  /** Where, as a JSON path (RFC 9535). */
  readonly path: string;
  /** What was expected there. */
  readonly reason: string;
  /** Which expectation it is about. */
  readonly rule: PolicyRule;
}

/** What a build needs beyond the policy. */
export interface SiteOptions {
  /** The gate's source: `gate.js` or `gate-network.js` of this package. */
  readonly gateSource: string;
  /** The text of `styles/banner.css`. */
  readonly styleSource: string;
  /** Where the shop serves the gate. */
  readonly gateHref: string;
  /** Where it serves the sheet. */
  readonly stylesheetHref?: string;
  /** Whether gate and sheet stand in the page, allowed by their hashes. */
  readonly inline?: boolean;
  /** Where the policy file is served. */
  readonly policyHref?: string;
  /** Where records of decisions are posted. */
  readonly recordHref?: string;
  /** Where the privacy settings are. */
  readonly settingsHref?: string;
  /** Where the banner's script is served, for the gate to load it where there is something to ask. */
  readonly bannerScriptHref?: string;
  /** The day, as `2026-11-27`: `lastUpdate` of `gpc.json`. */
  readonly today: string;
}

/** Everything that follows from a policy file. */
export interface Site {
  /** The banner's HTML by language. */
  readonly banners: Readonly<Record<string, string>>;
  /** What stands first in the page's head. */
  readonly head: string;
  /** The link "Your Privacy Choices" with its icon; empty without settings. */
  readonly choices: string;
  /** The gate's attributes. */
  readonly gate: Readonly<Record<string, string>>;
  /** The contents of `/.well-known/gpc.json`. */
  readonly gpc: string;
  /** A `Content-Security-Policy` under which all of it works. */
  readonly csp: string;
  /** Subresource Integrity. */
  readonly integrity: { readonly gate: string; readonly style: string };
  /** What has changed since the previous policy. */
  readonly changes: readonly string[];
}

/** The verbs of the tools, once they are loaded. */
export interface Tools {
  /** Everything that is wrong with a policy; an empty list when it is fine. */
  check(policy: string | object): readonly PolicyFinding[];
  /** Makes everything; throws `consent.policy-invalid`. `previous`: the policy that this one takes the place of. */
  build(policy: string | object, options: SiteOptions, previous?: string | object): Site;
}

/** Puts the verbs over the running module. */
export function open(core: Core<ToolsGlue>): Tools {
  return Object.freeze<Tools>({
    check: (policy) => core.call((rust) => JSON.parse(rust.checkPolicy(text(policy))) as PolicyFinding[]),
    build: (policy, options, previous) =>
      core.call((rust) => JSON.parse(rust.buildSite(text(policy), JSON.stringify(options), previous === undefined ? undefined : text(previous))) as Site),
  });
}

function text(source: string | object): string {
  return typeof source === "string" ? source : JSON.stringify(source);
}
