import type { ConsentGlue, PolicyView, PurposeView, ServiceView, StoredView } from "../glue/consent.js";
import type { Core } from "../lib/core.js";
import type { Decision } from "../lib/decision.js";
import { PrivacyError } from "../lib/error.js";

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
  readonly essential: boolean;
  /** Why data may be used for it. */
  readonly legalBasis: LegalBasis;
}

/** Where a service keeps something in the browser. */
export type StorageKind = "cookie" | "local-storage" | "session-storage" | "indexed-db" | "cache-storage";

/** What a service keeps in the browser. */
export interface StoredItem {
  /** Where it is kept. */
  readonly kind: StorageKind;
  /** Under which name. */
  readonly name: string;
  /** For how long: an ISO 8601 duration, or `session`. */
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
  /** How long they keep it: an ISO 8601 duration. */
  readonly retention: string;
  /** Whether it waits for a decision: one of its purposes is asked for. */
  readonly gated: boolean;
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
    /** Its postal address; `null` where the file has none. */
    readonly address: string | null;
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
  /** What is wrong with a policy, each problem as path, colon and reason; an empty list when it is fine. */
  problems(source: string | object): readonly string[];
  /** The record of a decision under a policy; throws `consent.decision-invalid` where they do not belong together. */
  record(policy: Policy, decision: Decision, language: string): ConsentRecord;
}

/** Puts the verbs over the running module. */
export function open(core: Core<ConsentGlue>): Consent {
  const sources = new WeakMap<Policy, string>();
  return Object.freeze<Consent>({
    policy(source) {
      const json = text(source);
      const policy = core.call((rust) => readPolicy(rust.readPolicy(json)));
      sources.set(policy, json);
      return policy;
    },
    problems: (source) => core.call((rust) => Object.freeze(rust.policyProblems(text(source)))),
    record(policy, decision, language) {
      const json = sources.get(policy);
      if (json === undefined) throw new PrivacyError("input.invalid", "expected a policy that this module has read");
      return core.call((rust) => deepFreeze(JSON.parse(rust.record(json, JSON.stringify(decision), language)) as ConsentRecord));
    },
  });
}

function text(source: string | object): string {
  return typeof source === "string" ? source : JSON.stringify(source);
}

function readPolicy(view: PolicyView): Policy {
  const { version, language, controller: name, address = null, contact, policyUrl, purposes, services } = view;
  view.free();
  return deepFreeze({
    version,
    language,
    controller: { name, address },
    contact,
    policyUrl,
    purposes: purposes.map(readPurpose),
    services: services.map(readService),
  });
}

function readPurpose(view: PurposeView): Purpose {
  const { id, name, description, essential, legalBasis } = view;
  view.free();
  return { id, name, description, essential, legalBasis: legalBasis as LegalBasis };
}

function readService(view: ServiceView): Service {
  const { id, name, provider, purposes, scripts, origins, sets, sends, recipients, retention, gated } = view;
  view.free();
  return { id, name, provider, purposes, scripts, origins, sets: sets.map(readStored), sends, recipients, retention, gated };
}

function readStored(view: StoredView): StoredItem {
  const { kind, name, retention } = view;
  view.free();
  return { kind: kind as StorageKind, name, retention };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
