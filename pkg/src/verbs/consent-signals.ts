import type { ConsentSignalsGlue, SignalsListView } from "../glue/consent-signals.js";
import type { Core } from "../lib/core.js";
import type { Decision } from "../lib/decision.js";
import { PrivacyError, type PrivacyErrorCode } from "../lib/error.js";

/** A key of Google Consent Mode v2. */
export type ConsentModeKey =
  | "ad_storage"
  | "ad_user_data"
  | "ad_personalization"
  | "analytics_storage"
  | "functionality_storage"
  | "personalization_storage"
  | "security_storage";

/** What a page knows of a visit. */
export interface Answers {
  /** What the gate stored; `null` before that. One under another version of the policy counts as none. */
  readonly decision?: Decision | null;
  /** Whether the browser sends Global Privacy Control. */
  readonly gpc?: boolean;
  /** A country, or a country and its subdivision, such as `DE` or `US-CA`. Left out: unknown, and what is strictest applies. */
  readonly region?: string;
  /** The language in which the visitor was asked, a BCP 47 tag. */
  readonly language?: string;
  /** The present time in seconds since 1970. */
  readonly now: number;
  /** What was chosen among vendors; a list that is left out stands for all that the decision's purposes allow. */
  readonly vendors?: {
    /** Those that the visitor was told of when deciding. */
    readonly disclosed?: readonly number[];
    /** Those consented to. */
    readonly consents?: readonly number[];
    /** Those whose legitimate interest was not objected to. */
    readonly legitimateInterests?: readonly number[];
  };
}

/** Why a signal is not sent. */
export interface Withheld {
  /** The code of what has to be put right; `null` where it is right that nothing is sent. */
  readonly code: PrivacyErrorCode | null;
  /** Why, in words. */
  readonly because: string;
}

/** Everything that partners are told. A string is `null` where it is not sent: `withheld` says why. */
export interface Signals {
  /** Where the visitor is taken to be, `ZZ` for unknown. */
  readonly region: string;
  /** Whether there is a decision. */
  readonly decided: boolean;
  /** Whether Global Privacy Control is on. */
  readonly gpc: boolean;
  /** The purposes that were allowed and that Global Privacy Control took back. */
  readonly takenBack: readonly string[];
  /** The TC string. */
  readonly tc: string | null;
  /** Google's Additional Consent string. */
  readonly additionalConsent: string | null;
  /** The GPP string. */
  readonly gpp: string | null;
  /** The US privacy string. */
  readonly usPrivacy: string | null;
  /** The ids of the GPP sections that apply; -1 for none. */
  readonly applicableSections: readonly number[];
  /** Google Consent Mode v2; `null` where the policy names no key. */
  readonly consentMode: Readonly<Record<ConsentModeKey, "granted" | "denied">> | null;
  /** Why what is `null` is not sent. */
  readonly withheld: Readonly<Partial<Record<"tc" | "additionalConsent" | "gpp" | "usPrivacy", Withheld>>>;
}

/** One field of a string, in words. */
export interface ExplainedLine {
  /** Section and field, under the specification's names. */
  readonly path: string;
  /** What the string has there. */
  readonly value: string;
  /** What that means. It may hold names from a vendor list: show it as text. */
  readonly meaning: string;
}

/** A string in words. */
export interface Explained {
  /** What it is. */
  readonly kind: "tc" | "gpp" | "us-privacy" | "additional-consent";
  /** What it is, for people. */
  readonly title: string;
  /** Every field. */
  readonly lines: readonly ExplainedLine[];
}

/** A vendor list under whose rules signals are made. */
export interface SignalsUnderList {
  /** What partners are told; throws `consent.policy-invalid` or `input.invalid`. */
  signals(policy: string | object, answers: Answers): Signals;
}

/** The verbs of the signals, once they are loaded. */
export interface ConsentSignals {
  /** Reads a vendor list, as text or as parsed JSON; throws `vendor-list.…`, and the list before stays good. */
  vendorList(source: string | object): SignalsUnderList;
  /** What partners are told where there is no vendor list: everything but TC strings. */
  signals(policy: string | object, answers: Answers): Signals;
  /** What a string says; throws `signal.…` with the position. With a vendor list, vendors and purposes are named. */
  explain(text: string, vendorList?: string | object): Explained;
}

/** Puts the verbs over the running module. */
export function open(core: Core<ConsentSignalsGlue>): ConsentSignals {
  return Object.freeze<ConsentSignals>({
    vendorList(source) {
      const json = text(source);
      const view = core.call<SignalsListView>((rust) => rust.readSignalsList(json));
      return Object.freeze<SignalsUnderList>({
        signals: (policy, answers) => core.call(() => read(view.signals(text(policy), text(answers))) as Signals),
      });
    },
    signals: (policy, answers) => core.call((rust) => read(rust.signals(text(policy), text(answers))) as Signals),
    explain: (string, list) => core.call((rust) => read(rust.explain(string, list === undefined ? "" : text(list))) as Explained),
  });
}

function text(source: string | object): string {
  if (typeof source === "string") return source;
  try {
    return JSON.stringify(source);
  } catch (cause) {
    throw new PrivacyError("input.invalid", "expected JSON, found an object that refers to itself", { cause });
  }
}

function read(json: string): unknown {
  return JSON.parse(json, (_, value: unknown) => (typeof value === "object" ? Object.freeze(value) : value)) as unknown;
}
