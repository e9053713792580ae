import type { ConsentGlue } from "../glue/consent.js";
import type { Core } from "../lib/core.js";
import type { Decision } from "../lib/decision.js";

/** Why data may be used (GDPR Article 6). */
export type LegalBasis = "consent" | "legitimate-interest" | "contract" | "legal-obligation";

/** What data is used for, in the shop's words. */
export interface Purpose {
  /** The name that scripts and decisions use, such as `analytics`. */
  readonly id: string;
  /** The name that visitors read. */
  readonly name: string;
  /** What it means for the visitor. */
  readonly description: string;
  /** Whether the shop cannot work without it: it is then not asked for. */
  readonly essential?: boolean;
  /** Why data may be used for it. */
  readonly legalBasis: LegalBasis;
}

/** What a service keeps in the browser. */
export interface StoredItem {
  /** Where it is kept, such as `cookie` or `local-storage`. */
  readonly kind: string;
  /** Under which name. */
  readonly name: string;
  /** For how long, as an ISO 8601 duration. */
  readonly retention: string;
}

/** Someone whose scripts or storage serve a purpose. */
export interface Service {
  /** The name that programs use. */
  readonly id: string;
  /** The name that visitors read. */
  readonly name: string;
  /** Who runs it. */
  readonly provider: string;
  /** The purposes it serves. */
  readonly purposes: readonly string[];
  /** The scripts that the gate may release for it. */
  readonly scripts: readonly string[];
  /** The origins it is reached at. */
  readonly origins: readonly string[];
  /** What it keeps in the browser. */
  readonly sets: readonly StoredItem[];
  /** What it sends, in words. */
  readonly sends: readonly string[];
  /** Who receives that. */
  readonly recipients: readonly string[];
  /** How long they keep it, as an ISO 8601 duration. */
  readonly retention: string;
}

/** A shop's `privacy.json`: what it asks for, and why. */
export interface Policy {
  /** Its version: a decision is asked for anew when it changes. */
  readonly version: string;
  /** The language of its words, as a BCP 47 tag. */
  readonly language: string;
  /** Who is responsible. */
  readonly controller: {
    /** The company's name. */
    readonly name: string;
    /** Its address. */
    readonly address?: string;
  };
  /** Where to write to about privacy. */
  readonly contact: string;
  /** The privacy notice. */
  readonly policyUrl: string;
  /** What data is used for. */
  readonly purposes: readonly Purpose[];
  /** Who serves those purposes. */
  readonly services: readonly Service[];
}

/** What a shop keeps to show that it asked: it names a decision, not a visitor. */
export interface ConsentRecord {
  /** The version of this format. */
  readonly v: 1;
  /** A random UUID: the same record sent twice is one. */
  readonly id: string;
  /** The version of the policy that was shown. */
  readonly policy: string;
  /** When it was decided, in seconds since 1970. */
  readonly at: number;
  /** The purposes that were granted. */
  readonly granted: readonly string[];
  /** The purposes that were asked for and not granted. */
  readonly denied: readonly string[];
  /** The language the visitor was asked in. */
  readonly language: string;
}

/** The verbs of the consent capability, once it is loaded. */
export interface Consent {
  /** Reads a shop's policy, as text or as parsed JSON; throws `consent.policy-invalid` and says where. */
  policy(source: string | object): Policy;
  /** The record of a decision under a policy; throws `consent.decision-invalid` where they do not belong together. */
  record(policy: Policy, decision: Decision, language: string): ConsentRecord;
}

/** Puts the verbs over the running module. */
export function open(core: Core<ConsentGlue>): Consent {
  return Object.freeze<Consent>({
    policy(source) {
      const json = typeof source === "string" ? source : JSON.stringify(source);
      return core.call((rust) => {
        rust.checkPolicy(json).free();
        return deepFreeze(JSON.parse(json) as Policy);
      });
    },
    record(policy, decision, language) {
      return core.call((rust) => deepFreeze(JSON.parse(rust.record(JSON.stringify(policy), JSON.stringify(decision), language)) as ConsentRecord));
    },
  });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
